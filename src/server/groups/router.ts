import { z } from "zod";
import { protectedProcedure, router } from "~/server/trpc/init";
import {
  addMembersInput,
  createGroupInput,
  createInviteInput,
  groupMemberInput,
  groupMemberSchema,
  inviteInput,
  invitePreviewSchema,
  inviteSchema,
  inviteTokenInput,
  renameGroupInput,
  setGroupPictureInput,
  setRoleInput,
} from "~/shared/groups";
import { roomInput } from "~/shared/rooms";
import * as invites from "./invites";
import { listMembers } from "./members";
import * as service from "./service";
import { streamMembers } from "./subscription";

/** Everybody in it, live: opens with a snapshot, then who comes and goes. */
const onMembers = protectedProcedure
  .input(roomInput)
  .subscription(({ ctx, input, signal }) => streamMembers(ctx, input.roomId, signal));

export const groupsRouter = router({
  /** Opens a group of mine. Whom I do not know yet is asked first. */
  create: protectedProcedure
    .input(createGroupInput)
    .output(roomInput)
    .mutation(({ ctx, input }) => service.createGroup(ctx.runtime, ctx.user, input)),

  rename: protectedProcedure
    .input(renameGroupInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.renameGroup(ctx.runtime, ctx.user, input)),

  /** Gives it an uploaded picture, or takes its picture away. */
  setPicture: protectedProcedure
    .input(setGroupPictureInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.setGroupPicture(ctx.runtime, ctx.user, input)),

  /** Everybody in it, admins first. */
  members: protectedProcedure
    .input(roomInput)
    .output(z.array(groupMemberSchema))
    .query(({ ctx, input }) => listMembers(ctx.runtime, ctx.user, input.roomId)),

  addMembers: protectedProcedure
    .input(addMembersInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.addMembers(ctx.runtime, ctx.user, input)),

  removeMember: protectedProcedure
    .input(groupMemberInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.removeMember(ctx.runtime, ctx.user, input)),

  /** The owner gives roles; making somebody the owner hands the group over. */
  setRole: protectedProcedure
    .input(setRoleInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.setRole(ctx.runtime, ctx.user, input)),

  leave: protectedProcedure
    .input(roomInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.leaveGroup(ctx.runtime, ctx.user, input.roomId)),

  /** Makes a link by which people join by themselves. */
  createInvite: protectedProcedure
    .input(createInviteInput)
    .output(inviteSchema)
    .mutation(({ ctx, input }) => invites.createInvite(ctx.runtime, ctx.user, input)),

  invites: protectedProcedure
    .input(roomInput)
    .output(z.array(inviteSchema))
    .query(({ ctx, input }) => invites.listInvites(ctx.runtime, ctx.user, input.roomId)),

  revokeInvite: protectedProcedure
    .input(inviteInput)
    .output(z.void())
    .mutation(({ ctx, input }) => invites.revokeInvite(ctx.runtime, ctx.user, input)),

  /** What a link leads to. */
  previewInvite: protectedProcedure
    .input(inviteTokenInput)
    .output(invitePreviewSchema)
    .query(({ ctx, input }) => invites.previewInvite(ctx.runtime, ctx.user, input.token)),

  joinByInvite: protectedProcedure
    .input(inviteTokenInput)
    .output(roomInput)
    .mutation(({ ctx, input }) => invites.joinByInvite(ctx.runtime, ctx.user, input.token)),

  onMembers,
});

/** What of this noun the WebSocket serves. */
export const realtimeGroupsRouter = router({ onMembers });

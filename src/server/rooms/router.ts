import { z } from "zod";
import { protectedProcedure, router } from "~/server/trpc/init";
import {
  listRoomsInput,
  markReadInput,
  markUnreadInput,
  muteInput,
  roomInput,
  roomPageSchema,
  roomSummarySchema,
} from "~/shared/rooms";
import * as readMarks from "./read-marks";
import * as service from "./service";
import { streamInbox } from "./subscription";

const markRead = protectedProcedure
  .input(markReadInput)
  .output(z.void())
  .mutation(({ ctx, input }) => readMarks.markRead(ctx.runtime, ctx.user, input));

const typing = protectedProcedure
  .input(roomInput)
  .output(z.void())
  .mutation(({ ctx, input }) => service.announceTyping(ctx.runtime, ctx.user, input.roomId));

/** My rooms, live: opens with a snapshot, then each room that changes, as its whole summary. */
const onInbox = protectedProcedure.subscription(({ ctx, signal }) => streamInbox(ctx, signal));

export const roomsRouter = router({
  /** My rooms, the most recently active first. */
  list: protectedProcedure
    .input(listRoomsInput)
    .output(roomPageSchema)
    .query(({ ctx, input }) => service.listRooms(ctx.runtime, ctx.user, input)),

  get: protectedProcedure
    .input(roomInput)
    .output(roomSummarySchema)
    .query(({ ctx, input }) => service.getRoom(ctx.runtime, ctx.user, input.roomId)),

  /** I have read up to `seq`. Only ever moves forward. */
  markRead,

  /** From a message on the room is unread for me again. What others see of my reading stays. */
  markUnread: protectedProcedure
    .input(markUnreadInput)
    .output(z.void())
    .mutation(({ ctx, input }) => readMarks.markUnread(ctx.runtime, ctx.user, input)),

  /** The room is not to call for my attention until then; on any of my devices. */
  mute: protectedProcedure
    .input(muteInput)
    .output(z.void())
    .mutation(({ ctx, input }) => service.muteRoom(ctx.runtime, ctx.user, input)),

  /** I am writing here, for the next few seconds. */
  typing,
  onInbox,
});

/** What of this noun the WebSocket serves. */
export const realtimeRoomsRouter = router({ markRead, typing, onInbox });

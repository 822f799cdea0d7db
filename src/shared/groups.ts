import { z } from "zod";
import { groupMaxMembers, groupTitleMaxLength } from "./limits";
import { newPictureIdSchema } from "./pictures";
import { roleSchema } from "./roles";
import { roomIdSchema } from "./rooms";
import { typedText } from "./text";
import { type Presence, presenceSchema, userIdSchema, userSchema } from "./users";

export const groupTitleSchema = typedText("title", { min: 1, max: groupTitleMaxLength }).refine(
  (title) => !/[\n\t]/.test(title),
  "titleControlCharacters",
);

export const groupMemberSchema = z.object({
  user: userSchema,
  role: roleSchema,
  /** False while they have not answered the request that being added by somebody they do not know is. */
  accepted: z.boolean(),
  /** Null where it is not mine to know. */
  presence: presenceSchema.nullable(),
  /** How far they have read; null where it is not mine to know. */
  readSeq: z.int().nullable(),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;

/**
 * What `groups.onMembers` yields. It opens with a snapshot, and so answers a reconnect and each change of who is in the group
 * or of what I may see of them; between two snapshots somebody whose presence I may see comes or goes.
 */
export type MembersEvent =
  | { type: "snapshot"; members: GroupMember[] }
  | { type: "presence"; userId: string; presence: Presence | null };

const userIds = z.array(userIdSchema).max(groupMaxMembers);

export const createGroupInput = z.object({ title: groupTitleSchema, userIds });
export const renameGroupInput = z.object({ roomId: roomIdSchema, title: groupTitleSchema });
export const setGroupPictureInput = z.object({ roomId: roomIdSchema, pictureId: newPictureIdSchema });
export const addMembersInput = z.object({ roomId: roomIdSchema, userIds: userIds.min(1) });
export const groupMemberInput = z.object({ roomId: roomIdSchema, userId: userIdSchema });
/** Making somebody the owner hands the group over: whoever was it becomes an admin. */
export const setRoleInput = groupMemberInput.extend({ role: roleSchema });

export const createInviteInput = z.object({
  roomId: roomIdSchema,
  /** Without it, until it is revoked. */
  expiresInSeconds: z
    .int()
    .min(60)
    .max(365 * 24 * 3600)
    .optional(),
  /** Without it, any number of people. */
  maxUses: z.int().min(1).max(groupMaxMembers).optional(),
});
export const inviteInput = z.object({ roomId: roomIdSchema, inviteId: z.uuid() });
export const inviteTokenInput = z.object({ token: z.string().min(1).max(64) });

export const inviteSchema = z.object({
  id: z.uuid(),
  /** The secret of the link. */
  token: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
});
export type Invite = z.infer<typeof inviteSchema>;

/** What a link says of its group to whoever has it. */
export const invitePreviewSchema = z.object({
  title: z.string(),
  /** Its picture, at `/api/pictures/{pictureId}?invite={token}`. */
  pictureId: z.uuid().nullable(),
  memberCount: z.int(),
  /** Set if I am in the group already. */
  roomId: roomIdSchema.nullable(),
});

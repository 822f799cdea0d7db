import { z } from "zod";
import { mutedForGood } from "./limits";
import { messageSchema } from "./messages";
import { roleSchema } from "./roles";
import { typedText } from "./text";
import { presenceSchema, type User, userSchema } from "./users";

export const roomIdSchema = z.uuid();
export const roomInput = z.object({ roomId: roomIdSchema });

/** A screenful and some: what a sidebar shows before anybody scrolls. */
export const roomPageSize = { default: 100, max: 200 };

/** Where a page of the room list ended. Time alone would lose ties. */
export const roomCursorSchema = z.object({ lastActivityAt: z.date(), id: roomIdSchema });
export type RoomCursor = z.infer<typeof roomCursorSchema>;

export const listRoomsInput = z.object({
  /** Only rooms in whose name, or in the name or username of whose peer, every word occurs. */
  query: typedText("query", { min: 1, max: 64 }).optional(),
  cursor: roomCursorSchema.nullish(),
  limit: z.int().min(1).max(roomPageSize.max).default(roomPageSize.default),
});

/** A room as one of its members sees it in the list. State, not an event: the newest one is the whole truth. */
export const roomSummarySchema = z.object({
  id: roomIdSchema,
  kind: z.enum(["direct", "group"]),
  /** A group's name; null in a 1:1 room, which is called by its peer. */
  title: z.string().nullable(),
  /** A group's picture, for its members; null where it has none, and in a 1:1 room, which shows its peer's. */
  pictureId: z.uuid().nullable(),
  /** Who takes part: whoever has not answered a group's request yet does not count. */
  memberCount: z.int(),
  /** What I may do in a group; `member` in 1:1 rooms. */
  role: roleSchema,
  /** The other person of a 1:1 room. */
  peer: userSchema.nullable(),
  /** The peer's presence; null in groups, and where it is not mine to know. */
  presence: presenceSchema.nullable(),
  /** Of the last message that I may see; 0 where there is none. */
  lastSeq: z.int(),
  lastMessage: messageSchema.nullable(),
  lastActivityAt: z.date(),
  /** Messages past `lastReadSeq`, less my own and deleted ones. */
  unread: z.int(),
  /** How far I have read; lower than what others are shown of it where I have marked the room as unread. */
  lastReadSeq: z.int(),
  /** `incoming`: waits for my answer. `outgoing`: waits for theirs. */
  request: z.enum(["incoming", "outgoing"]).nullable(),
  blockedByMe: z.boolean(),
  /** Until then the room does not call for my attention ({@link mutedForGood}: for good); null when it does. */
  mutedUntil: z.date().nullable(),
  /** How far the peer has received and read; null in groups, and where it is not mine to know. */
  receipts: z
    .object({
      deliveredSeq: z.int(),
      /** Null where one of us two does not share it. */
      readSeq: z.int().nullable(),
    })
    .nullable(),
});
export type RoomSummary = z.infer<typeof roomSummarySchema>;

export const roomPageSchema = z.object({
  items: z.array(roomSummarySchema),
  nextCursor: roomCursorSchema.nullable(),
});

export const markReadInput = z.object({ roomId: roomIdSchema, seq: z.int().min(0) });

export const markUnreadInput = roomInput.extend({
  /** Of somebody else's message: the first that is to be unread. Without it, their last one. */
  seq: z.int().min(1).optional(),
});

/** Without an end (null) the room calls for my attention again. */
export const muteInput = roomInput.extend({ until: z.date().max(mutedForGood).nullable() });

/**
 * What `rooms.onInbox` yields. It opens with a snapshot of the newest rooms, so that a reconnect heals everything;
 * after it come rooms that changed, each as its whole summary, rooms that are no longer mine, who is writing where
 * (true for {@link typingSeconds}, or until their message is there), and people of my rooms, former ones too and me among
 * them, who are called or look otherwise than before.
 */
export type InboxEvent =
  | { type: "snapshot"; rooms: RoomSummary[]; nextCursor: RoomCursor | null }
  | { type: "room"; room: RoomSummary }
  | { type: "gone"; roomId: string }
  | { type: "typing"; roomId: string; user: User }
  | { type: "profile"; user: User };

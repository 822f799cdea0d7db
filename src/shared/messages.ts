import { z } from "zod";
import { attachmentIdSchema, attachmentSchema } from "./attachments";
import { attachmentsPerMessage, messageBodyMaxLength } from "./limits";
import { roleSchema } from "./roles";
import { typedText } from "./text";
import { usernameSchema, userSchema } from "./users";

const roomId = z.uuid();

export const messageBodySchema = typedText("body", { min: 1, max: messageBodyMaxLength });

/** Two screens of history. */
export const messagePageSize = { default: 50, max: 100 };

/** One emoji as people see it, sequences with skin tones and joiners included (UTS #51). */
const emojiSchema = z.string().regex(/^\p{RGI_Emoji}$/v, "emoji");

export const reactionSchema = z.object({
  emoji: z.string(),
  /** Who reacted with it, the earliest first. */
  userIds: z.array(z.uuid()),
});
export type Reaction = z.infer<typeof reactionSchema>;

/** What somebody did in a group, told as a line of its timeline. The message's author did it. */
export const noticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("created"), title: z.string() }),
  z.object({ type: z.literal("renamed"), title: z.string() }),
  z.object({ type: z.literal("pictured") }),
  z.object({ type: z.literal("unpictured") }),
  z.object({ type: z.literal("added"), users: z.array(userSchema) }),
  z.object({ type: z.literal("removed"), user: userSchema }),
  z.object({ type: z.literal("joined") }),
  z.object({ type: z.literal("left") }),
  z.object({ type: z.literal("role"), user: userSchema, role: roleSchema }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** A message as its room's members see it, in its present state: applying it twice is harmless. */
export const messageSchema = z.object({
  id: z.uuid(),
  roomId,
  /** The place in the room, 1, 2, 3 …; order by it. */
  seq: z.int(),
  /** The room's change number when this message last changed; ignore one that is not newer. */
  rev: z.int(),
  clientId: z.uuid(),
  author: userSchema,
  body: z.string(),
  /** The seq of the message that this one answers. */
  replyToSeq: z.int().nullable(),
  reactions: z.array(reactionSchema),
  /** In the order that the author gave them; the body may be empty where there are some. */
  attachments: z.array(attachmentSchema),
  /** Set: a line that says what the author did in the group; the body is empty. */
  notice: noticeSchema.nullable(),
  createdAt: z.date(),
  editedAt: z.date().nullable(),
  /** Set: a tombstone, its body is empty. */
  deletedAt: z.date().nullable(),
  /** Set: a tombstone that is not to be shown at all, because I have deleted the message for myself. Only streams tell. */
  hidden: z.literal(true).optional(),
});
export type Message = z.infer<typeof messageSchema>;

/** The fields of a send, each by itself. */
export const sendMessageFields = z.object({
  roomId,
  /** A UUID made by the client before the first try: the same one again returns the message that exists. */
  clientId: z.uuid(),
  /** May be empty where there are attachments. */
  body: typedText("body", { min: 0, max: messageBodyMaxLength }),
  /** Uploads of the author's own into this room that no message has yet. */
  attachmentIds: z
    .array(attachmentIdSchema)
    .max(attachmentsPerMessage)
    .refine((ids) => new Set(ids).size === ids.length, "attachmentTwice")
    .default([]),
  /** The seq of a message of the same room. */
  replyToSeq: z.int().min(1).optional(),
});

export const sendMessageInput = sendMessageFields.refine(
  ({ body, attachmentIds }) => body !== "" || attachmentIds.length > 0,
  { path: ["body"], error: "bodyEmpty" },
);

const oneMessage = z.object({ roomId, seq: z.int().min(1) });

export const editMessageInput = oneMessage.extend({ body: messageBodySchema });
export const deleteMessageInput = oneMessage;
export const hideMessageInput = oneMessage.extend({
  /** False: I want it back. */
  on: z.boolean(),
});
export const reactInput = oneMessage.extend({
  emoji: emojiSchema,
  /** False takes the reaction back. */
  on: z.boolean(),
});

export const listMessagesInput = z
  .object({
    roomId,
    /** Only messages with a lower seq: the page that ends there. Without either bound, the newest page. */
    before: z.int().min(1).optional(),
    /** Only messages with a higher seq: the page that begins there. */
    after: z.int().min(0).optional(),
    limit: z.int().min(1).max(messagePageSize.max).default(messagePageSize.default),
  })
  .refine((input) => input.before === undefined || input.after === undefined, "beforeAndAfter");

export const messagePageSchema = z.object({
  /** Ascending by seq, whichever the direction. */
  items: z.array(messageSchema),
  /** The room's change number of this page's snapshot: subscribe from it and nothing is missed. */
  rev: z.int(),
  /** The room's highest seq in this snapshot. */
  lastSeq: z.int(),
  /** The next page's `before` (or `after`, if this one was asked by it); null at the end. */
  nextCursor: z.int().nullable(),
});
export type MessagePage = z.infer<typeof messagePageSchema>;

export const onMessageInput = z.object({
  roomId,
  /**
   * The `rev` to go on from: `messages.list`'s, or the last one received, which tRPC's client fills in by itself
   * after a reconnect. Without it the stream starts at the present.
   */
  lastEventId: z
    .string()
    .regex(/^\d{1,10}$/)
    .nullish(),
});

/** Where a page of search results ended. */
const searchCursorSchema = z.object({ createdAt: z.date(), id: z.uuid() });

/** What a message can be looked for by, besides its words: a file of any kind, of one kind, or a web address. */
export const searchHasSchema = z.enum(["file", "image", "video", "audio", "link"]);
export type SearchHas = z.infer<typeof searchHasSchema>;

/** The fields of a search, each by itself. */
export const searchMessagesFields = z.object({
  /**
   * Words, in Spanish or English, any form of them; or parts of words from three letters on. Accents do not count. May be
   * empty where something else is asked for.
   */
  query: typedText("query", { min: 0, max: 200 }).default(""),
  /** Only in this room. */
  roomId: roomId.optional(),
  /** Only by this person. */
  authorId: z.uuid().optional(),
  /** The same, by their username. */
  author: usernameSchema.optional(),
  /** Only messages that have all of these. */
  has: z.array(searchHasSchema).max(5).default([]),
  sentAfter: z.date().optional(),
  sentBefore: z.date().optional(),
  cursor: searchCursorSchema.nullish(),
  limit: z.int().min(1).max(50).default(20),
});

export const searchMessagesInput = searchMessagesFields.refine(
  ({ query, authorId, author, has, sentAfter, sentBefore }) =>
    query !== "" || has.length > 0 || Boolean(authorId ?? author ?? sentAfter ?? sentBefore),
  { path: ["query"], error: "queryEmpty" },
);

/** The newest first. */
export const searchPageSchema = z.object({
  items: z.array(messageSchema),
  nextCursor: searchCursorSchema.nullable(),
});
export type SearchPage = z.infer<typeof searchPageSchema>;

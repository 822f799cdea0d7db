import { z } from "zod";
import { voiceMaxPeaks, voiceMaxSeconds } from "./limits";

export const attachmentIdSchema = z.uuid();

/** What makes a sound a voice message. Measured as it was recorded: its file may not tell. */
const voiceSchema = z.object({
  durationMs: z
    .int()
    .min(1)
    .max(voiceMaxSeconds * 1000),
  /** How loud it is in each of as many equal parts, 0 to 100. */
  peaks: z.array(z.int().min(0).max(100)).min(1).max(voiceMaxPeaks),
});
export type Voice = z.infer<typeof voiceSchema>;

/** The same as uploads say it, in JSON. */
export const voiceTextSchema = z
  .string()
  .transform((text, { addIssue }) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      addIssue("json");
      return z.NEVER;
    }
  })
  .pipe(voiceSchema);

/** How to show a file. Only the first three are ever shown in place; a `file` is downloaded. */
export const attachmentKindSchema = z.enum(["image", "audio", "video", "file"]);
export type AttachmentKind = z.infer<typeof attachmentKindSchema>;

/** A file of a message. Nothing of it ever changes. */
export const attachmentSchema = z.object({
  id: attachmentIdSchema,
  /** As its sender called it, without folders and without characters that cannot be seen. */
  name: z.string(),
  kind: attachmentKindSchema,
  /** Its media type, read off its bytes; `application/octet-stream` where they tell nothing. */
  type: z.string(),
  /** Of what is downloaded, in bytes: a picture's is that of the re-encoded one. */
  size: z.int(),
  /** A picture's pixels as it is shown, upright; null where it is none. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** A picture's few bytes to show until it is there, as a `data:` URL. */
  blur: z.string().nullable(),
  /** Where it is downloaded from, relative to the server; for the room's members. */
  url: z.string(),
  /** A smaller picture for the timeline; null where there is none, or the picture is small itself. */
  thumbnailUrl: z.string().nullable(),
  /** Set on an `audio` that was recorded in the chat. */
  voice: voiceSchema.nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Messages whose files make a page: a screenful of a room's shared files. */
export const attachmentPageSize = { default: 30, max: 100 };

export const listAttachmentsInput = z.object({
  roomId: z.uuid(),
  /** Only files of these kinds. Without it, all. */
  kinds: z.array(attachmentKindSchema).min(1).optional(),
  /** Only files of messages with a lower seq. Without it, the newest. */
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(attachmentPageSize.max).default(attachmentPageSize.default),
});
export type ListAttachmentsInput = z.infer<typeof listAttachmentsInput>;

const roomFileSchema = z.object({
  attachment: attachmentSchema,
  /** The place of its message in the room. */
  seq: z.int(),
  authorId: z.uuid(),
  createdAt: z.date(),
});
export type RoomFile = z.infer<typeof roomFileSchema>;

export const attachmentPageSchema = z.object({
  /** The newest message's first; a message's files are never parted by the end of a page. */
  items: z.array(roomFileSchema),
  /** The room's change number before this page was read: subscribe from it and nothing is missed. */
  rev: z.int(),
  /** The next page's `before`; null at the end. */
  nextCursor: z.int().nullable(),
});
export type AttachmentPage = z.infer<typeof attachmentPageSchema>;

export const discardAttachmentInput = z.object({ id: attachmentIdSchema });

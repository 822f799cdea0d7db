/**
 * The lookup is the authorisation: a file is only ever reached through a member of its room who may see its message, and
 * missing and forbidden are one answer.
 */
import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import { visibleTo } from "~/server/messages/access";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import type { AttachmentPage, ListAttachmentsInput } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { type AttachmentFacts, factsColumns, ofKinds, toAttachment } from "./access";

/** A file that somebody may read. */
export type ReadableFile = AttachmentFacts & { sha256: string };

/**
 * Until it is sent a file is its owner's alone; from then on it is for those who may see its message.
 *
 * @throws AppError `ATTACHMENT_NOT_FOUND`
 */
export const requireReadable = async (db: Tx, userId: string, id: string): Promise<ReadableFile> => {
  const [file] = await db.$queryRaw<ReadableFile[]>`
    SELECT ${factsColumns}, a."sha256"
    FROM "Attachment" a
    JOIN "Membership" o ON o."roomId" = a."roomId" AND o."userId" = ${userId}::uuid
    LEFT JOIN "Message" m ON m."id" = a."messageId"
    WHERE a."id" = ${id}::uuid AND CASE
      WHEN m."id" IS NULL THEN a."ownerId" = o."userId" AND a."expiresAt" > now()
      ELSE m."deletedAt" IS NULL AND ${visibleTo(Prisma.sql`o."userId"`)} END`;
  if (!file) throw new AppError("ATTACHMENT_NOT_FOUND");
  return file;
};

/**
 * The files of a room that this person may see, of `limit` messages at most, the newest message first.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const listAttachments = async (
  { db }: Runtime,
  user: User,
  { roomId, kinds, before, limit }: ListAttachmentsInput,
): Promise<AttachmentPage> => {
  const { lastSeq, lastRev } = await requireMembership(db, user.id, roomId);
  const messages = await db.$queryRaw<MessageWithFiles[]>`
    SELECT m."seq", m."authorId", m."createdAt", m."attachments"
    FROM "Message" m
    WHERE m."roomId" = ${roomId}::uuid AND m."id" IN (
        SELECT a."messageId" FROM "Attachment" a WHERE a."roomId" = ${roomId}::uuid AND ${ofKinds(kinds)})
      AND m."seq" < ${before ?? lastSeq + 1} AND m."deletedAt" IS NULL AND ${visibleTo(Prisma.sql`${user.id}::uuid`)}
    ORDER BY m."seq" DESC LIMIT ${limit + 1}`;
  const page = messages.slice(0, limit);
  return {
    items: page.flatMap(({ attachments, ...message }) =>
      attachments
        .map((facts) => ({ attachment: toAttachment(facts), ...message }))
        .filter(({ attachment }) => kinds?.includes(attachment.kind) ?? true),
    ),
    rev: lastRev,
    nextCursor: messages.length > limit ? (page.at(-1)?.seq ?? null) : null,
  };
};

interface MessageWithFiles {
  seq: number;
  authorId: string;
  createdAt: Date;
  attachments: AttachmentFacts[];
}

import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import { attachmentsPath } from "~/shared/attachment-paths";
import type { Attachment, AttachmentKind, Voice } from "~/shared/attachments";
import { kindOf, typesOf } from "./kind";

export { isDiskFull, requireSpace } from "./disk-space";
export { cutSquares } from "./images";
export { isImageType } from "./kind";
export { sniffType } from "./sniff";

/** What a message's row keeps of each of its files: all that a reader needs to know. */
export interface AttachmentFacts {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  blur: string | null;
  hasThumbnail: boolean;
  voice: Voice | null;
}

/** They, of `"Attachment" a`. */
export const factsColumns = Prisma.sql`
  a."id", a."name", a."type", a."size", a."width", a."height", a."blur", a."hasThumbnail",
  a."voice"`;

/** The facts alone, of a row that knows more. */
export const toFacts = ({
  id,
  name,
  type,
  size,
  width,
  height,
  blur,
  hasThumbnail,
  voice,
}: AttachmentFacts): AttachmentFacts => ({
  id,
  name,
  type,
  size,
  width,
  height,
  blur,
  hasThumbnail,
  voice,
});

/** @param stored as a message's row keeps them: one from before there were voice messages says nothing of them */
export const toAttachment = (stored: AttachmentFacts | Omit<AttachmentFacts, "voice">): Attachment => {
  const { hasThumbnail, ...facts } = stored;
  const url = `${attachmentsPath}/${facts.id}`;
  const thumbnailUrl = hasThumbnail ? `${url}/thumbnail` : null;
  return { voice: null, ...facts, kind: kindOf(facts.type), url, thumbnailUrl };
};

/** Whether `"Attachment" a` is of one of these kinds. A `file` is what is no other kind. */
export const ofKinds = (kinds: readonly AttachmentKind[] | undefined): Prisma.Sql => {
  if (!kinds) return Prisma.sql`true`;
  if (!kinds.includes("file")) return Prisma.sql`a."type" = ANY(${typesOf(kinds)})`;
  const others = (["image", "audio", "video"] as const).filter((kind) => !kinds.includes(kind));
  return Prisma.sql`a."type" <> ALL(${typesOf(others)})`;
};

/** A file that waits for its message. */
export type UnsentFile = AttachmentFacts & { ownerId: string; roomId: string };

/**
 * Those of these files that no message has, by id, locked until the transaction ends: they can be claimed in it. Call it
 * under their room's lock, and compare owner and room.
 */
export const lockUnsent = async (tx: Tx, ids: string[]): Promise<Map<string, UnsentFile>> => {
  if (ids.length === 0) return new Map();
  const files = await tx.$queryRaw<UnsentFile[]>`
    SELECT ${factsColumns}, a."ownerId", a."roomId"
    FROM "Attachment" a
    WHERE a."id" = ANY(${ids}::uuid[]) AND a."messageId" IS NULL AND a."expiresAt" > now()
    ORDER BY a."id" FOR NO KEY UPDATE`;
  return new Map(files.map((file) => [file.id, file]));
};

/** Gives files that {@link lockUnsent} found to messages that are stored. */
export const claim = async (tx: Tx, claims: { id: string; messageId: string }[]): Promise<void> => {
  if (claims.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Attachment" a SET "messageId" = c."messageId", "expiresAt" = NULL
    FROM unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ messageId }) => messageId)}::uuid[])
      AS c("id", "messageId")
    WHERE a."id" = c."id"`;
};

/** Lets the files of messages go, in the transaction that deletes them. */
export const release = async (tx: Tx, messageIds: string[]): Promise<void> => {
  await tx.attachment.updateMany({
    where: { messageId: { in: messageIds } },
    data: { expiresAt: new Date() },
  });
};

/** Lets the uploads go that somebody has not sent, in the transaction that deletes their account. */
export const releaseUnsent = async (tx: Tx, ownerId: string): Promise<void> => {
  await tx.attachment.updateMany({ where: { ownerId, messageId: null }, data: { expiresAt: new Date() } });
};

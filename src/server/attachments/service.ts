import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import { uploadBytes, uploads } from "~/server/infra/metrics";
import type { Limit } from "~/server/realtime/backplane";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import type { Attachment, Voice } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import { attachmentMaxBytes, attachmentQuotaBytes, unsentMinutes } from "~/shared/limits";
import type { User } from "~/shared/users";
import { toAttachment, toFacts } from "./access";
import { requireSpace } from "./disk-space";
import { cleanFileName } from "./file-name";
import { eraseMetadata, isIsoMedia } from "./iso-metadata";
import { isImageType, kindOf, revealsItsMaker } from "./kind";
import { sniffType } from "./sniff";
import { storeFile, storeImage } from "./store";
import type { LocalFile } from "./uploads";

/** MiB that one person begins to upload in an hour: two messages full of the largest files. */
const uploadsPerPerson: Limit = { name: "upload-mib", points: 2048, seconds: 60 * 60 };

/** A file whose last byte is here. */
export interface Upload {
  /** A UUID made by us, the attachment's from now on. */
  id: string;
  ownerId: string;
  roomId: string;
  /** As the sender says, both. */
  name: string;
  type: string;
  /** What its sender says of it as a voice message; nothing where its bytes are no sound. */
  voice?: Voice | undefined;
  /** Its bytes. */
  open: () => Promise<LocalFile>;
}

/**
 * Whether somebody may begin to upload so many bytes. Counts against their hourly budget.
 *
 * @throws AppError `ATTACHMENT_EMPTY`, `ATTACHMENT_TOO_LARGE`, `ATTACHMENT_QUOTA`, `RATE_LIMITED`, `STORAGE_FULL`
 */
export const admitUpload = async (
  { db, backplane, storage }: Runtime,
  user: User,
  bytes: number,
): Promise<void> => {
  if (bytes === 0) throw new AppError("ATTACHMENT_EMPTY");
  if (bytes > attachmentMaxBytes) throw new AppError("ATTACHMENT_TOO_LARGE");
  await requireQuota(db, user.id, bytes);
  await requireSpace(storage.workDir, bytes);
  const retryAfterSeconds = await backplane.limits.take(
    uploadsPerPerson,
    user.id,
    Math.ceil(bytes / 1024 ** 2),
  );
  if (retryAfterSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfterSeconds });
};

/**
 * Makes an attachment of an upload: its type is read off its bytes, a picture is made anew, the file goes to the storage,
 * and only then the row is made. Safe to repeat.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `ATTACHMENT_EMPTY`, `ATTACHMENT_QUOTA`, `STORAGE_FULL`, `UNAVAILABLE`, `IMAGE_…`
 */
export const finishUpload = async (runtime: Runtime, upload: Upload): Promise<Attachment> => {
  const { db, storage } = runtime;
  const { id, ownerId, roomId } = upload;
  const finished = await db.attachment.findUnique({ where: { id, ownerId } });
  if (finished) return toAttachment(toFacts({ ...finished, voice: finished.voice as Voice | null }));
  await requireMembership(db, ownerId, roomId);
  await using file = await upload.open();
  const type = await sniffType(file.path, upload.type);
  if (revealsItsMaker(type)) throw new AppError("IMAGE_UNSUPPORTED");
  if (isIsoMedia(type)) await eraseMetadata(file.path);
  const stored = isImageType(type)
    ? await storeImage(storage, id, file.path, type)
    : await storeFile(storage, id, file.path);
  const name = cleanFileName(upload.name);
  const voice = kindOf(type) === "audio" && upload.voice ? upload.voice : null;
  const expiresAt = new Date(Date.now() + unsentMinutes * 60_000);
  await db.$transaction(async (tx) => {
    // One after the other for each person, so that two at once cannot both take the last of the quota.
    await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${ownerId}::uuid FOR NO KEY UPDATE`;
    await requireQuota(tx, ownerId, stored.size);
    const facts = { id, name, type, ...stored, voice: voice ?? Prisma.DbNull };
    const data = { ...facts, ownerId, roomId, expiresAt };
    await tx.attachment.createMany({ data: [data], skipDuplicates: true });
  });
  uploads.inc();
  uploadBytes.inc(stored.size);
  return toAttachment(toFacts({ id, name, type, voice, ...stored }));
};

/** What expires counts until it is due: what is let go makes room at once. */
const requireQuota = async (tx: Tx, ownerId: string, bytes: number): Promise<void> => {
  const { _sum } = await tx.attachment.aggregate({
    where: { ownerId, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    _sum: { size: true },
  });
  if ((_sum.size ?? 0) + bytes > attachmentQuotaBytes) throw new AppError("ATTACHMENT_QUOTA");
};

/**
 * Lets a file of one's own go that was not sent; does nothing where there is none.
 */
export const discardAttachment = async ({ db }: Runtime, user: User, id: string): Promise<void> => {
  await db.attachment.updateMany({
    where: { id, ownerId: user.id, messageId: null },
    data: { expiresAt: new Date() },
  });
};

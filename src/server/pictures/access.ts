import type { Tx } from "~/server/infra/db";
import { AppError } from "~/shared/errors";

/**
 * Takes an upload of somebody's own into use and lets the picture go whose place it takes. Call it under the lock of the
 * row that refers to them.
 *
 * @throws AppError `PICTURE_NOT_FOUND` for one that is not theirs, has been taken or has been collected
 */
export const exchangePicture = async (
  tx: Tx,
  ownerId: string,
  { before, after }: { before: string | null; after: string | null },
): Promise<void> => {
  if (before !== null) await releasePicture(tx, before);
  if (after === null) return;
  const { count } = await tx.picture.updateMany({
    where: { id: after, ownerId, expiresAt: { gt: new Date() } },
    data: { expiresAt: null },
  });
  if (count === 0) throw new AppError("PICTURE_NOT_FOUND");
};

/** Lets a picture go: its files are collected once this is committed. */
export const releasePicture = async (tx: Tx, id: string): Promise<void> => {
  await tx.picture.updateMany({ where: { id }, data: { expiresAt: new Date() } });
};

export { collectPictures, pictureKey } from "./files";

/**
 * The lookup is the authorisation: anyone may know a person's picture; a group's is for its members and for whom a link or a
 * request invites; an upload that nobody has yet is its owner's. Missing and forbidden are one answer.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { findInvite } from "~/server/groups/access";
import type { Tx } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { type PictureSize, pictureKey } from "./files";

/** A picture that somebody asks for. */
export interface AskedPicture {
  id: string;
  size: PictureSize;
  /** The token of a link into its group. */
  invite: string | null;
}

const requireVisible = async (db: Tx, userId: string, { id, invite }: AskedPicture): Promise<void> => {
  const [picture] = await db.$queryRaw<{ roomId: string | null; isVisible: boolean }[]>`
    SELECT r."id" AS "roomId", u."id" IS NOT NULL OR m."userId" IS NOT NULL
      OR (p."ownerId" = ${userId}::uuid AND p."expiresAt" > now()) AS "isVisible"
    FROM "Picture" p
    LEFT JOIN "User" u ON u."pictureId" = p."id"
    LEFT JOIN "Room" r ON r."pictureId" = p."id"
    LEFT JOIN "Membership" m ON m."roomId" = r."id" AND m."userId" = ${userId}::uuid
    WHERE p."id" = ${id}::uuid`;
  if (picture?.isVisible) return;
  if (picture?.roomId && invite && (await findInvite(db, invite))?.room.id === picture.roomId) return;
  throw new AppError("PICTURE_NOT_FOUND");
};

/**
 * Answers a GET or HEAD with a picture. Nothing of it ever changes, so that a browser asks for it once.
 *
 * @throws AppError `PICTURE_NOT_FOUND`, before anything is answered
 */
export const sendPicture = async (
  { db, storage }: Runtime,
  user: User,
  asked: AskedPicture,
  { method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  await requireVisible(db, user.id, asked);
  const key = pictureKey(asked.id, asked.size);
  const size = await storage.size(key);
  const bytes = method === "HEAD" ? null : await storage.read(key, { start: 0, end: size - 1 });
  response.writeHead(200, {
    "Content-Type": "image/webp",
    "Content-Length": size,
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
  });
  if (bytes) await pipeline(bytes, response);
  else response.end();
};

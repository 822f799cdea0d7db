import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { cutSquares, isDiskFull, isImageType, requireSpace, sniffType } from "~/server/attachments/access";
import { takeOrRefuse } from "~/server/auth/access";
import type { Limit } from "~/server/realtime/backplane";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import { pictureMaxBytes, pictureSides, unsentMinutes } from "~/shared/limits";
import type { UploadedPicture } from "~/shared/pictures";
import type { User } from "~/shared/users";
import { pictureKey, pictureSizes } from "./files";

/** More than anybody tries out, and no work to speak of. */
export const picturesPerPerson: Limit = { name: "pictures-person", points: 30, seconds: 60 * 60 };

/**
 * Takes a picture, which is the whole body of the request, and cuts the middle square out of it. It is its owner's alone
 * until it is given to a person or a group, and collected if that does not happen.
 *
 * @throws AppError `PICTURE_TOO_LARGE`, `RATE_LIMITED`, `STORAGE_FULL`, `UNAVAILABLE`, `IMAGE_…`
 */
export const receivePicture = async (
  runtime: Runtime,
  user: User,
  request: IncomingMessage,
): Promise<UploadedPicture> => {
  const { db, storage, backplane } = runtime;
  if (Number(request.headers["content-length"] ?? 0) > pictureMaxBytes)
    throw new AppError("PICTURE_TOO_LARGE");
  await takeOrRefuse(backplane, picturesPerPerson, user.id);
  await requireSpace(storage.workDir, pictureMaxBytes);
  const source = path.join(storage.workDir, randomUUID());
  const id = randomUUID();
  const squares = pictureSizes.map((size) => ({
    key: pictureKey(id, size),
    side: pictureSides[size],
    target: `${source}.${size}`,
  }));
  try {
    await writeBody(request, source);
    if (!isImageType(await sniffType(source, ""))) throw new AppError("IMAGE_UNSUPPORTED");
    await cutSquares(source, squares);
    // The row first: what is stored without one nobody would collect.
    const expiresAt = new Date(Date.now() + unsentMinutes * 60_000);
    await db.picture.create({ data: { id, ownerId: user.id, expiresAt }, select: { id: true } });
    for (const { key, target } of squares) await storage.put(key, target);
    return { pictureId: id };
  } catch (error) {
    throw isDiskFull(error) ? new AppError("STORAGE_FULL", { cause: error }) : error;
  } finally {
    await Promise.all(
      [source, ...squares.map(({ target }) => target)].map((file) => rm(file, { force: true })),
    );
  }
};

const writeBody = async (request: IncomingMessage, file: string): Promise<void> => {
  async function* bounded(body: AsyncIterable<Buffer>) {
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > pictureMaxBytes) throw new AppError("PICTURE_TOO_LARGE");
      yield chunk;
    }
  }
  // Left open: whatever went wrong, it can still be answered.
  await pipeline(
    request.iterator({ destroyOnReturn: false }),
    bounded,
    createWriteStream(file, { mode: 0o600 }),
  );
};

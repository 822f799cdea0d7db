import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { AppError } from "~/shared/errors";
import { remakeImage } from "./images";
import type { ImageType } from "./kind";
import { type Storage, thumbnailKey } from "./storage";

/** What a row says of a file that is stored, besides what its sender said. */
export interface StoredFile {
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  blur: string | null;
  hasThumbnail: boolean;
}

/** Stores the file at `path` as it is. */
export const storeFile = async (storage: Storage, id: string, path: string): Promise<StoredFile> => {
  const measured = await measure(path);
  await storage.put(id, path);
  return { ...measured, width: null, height: null, blur: null, hasThumbnail: false };
};

/** Stores the picture at `path`, made anew. */
export const storeImage = async (
  storage: Storage,
  id: string,
  path: string,
  type: ImageType,
): Promise<StoredFile> => {
  const target = `${path}.${randomUUID()}`;
  const thumbnail = `${target}.thumbnail`;
  try {
    const image = await remakeImage(type, { source: path, target, thumbnail });
    const measured = await measure(target);
    if (image.hasThumbnail) await storage.put(thumbnailKey(id), thumbnail);
    await storage.put(id, target);
    return { ...measured, ...image };
  } finally {
    await Promise.all([rm(target, { force: true }), rm(thumbnail, { force: true })]);
  }
};

const measure = async (path: string): Promise<{ size: number; sha256: string }> => {
  const { size } = await stat(path);
  if (size === 0) throw new AppError("ATTACHMENT_EMPTY");
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { size, sha256: hash.digest("hex") };
};

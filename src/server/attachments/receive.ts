import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Upload } from "@tus/server";
import { v7 as uuidv7 } from "uuid";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import type { Attachment } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import { attachmentMaxBytes } from "~/shared/limits";
import type { User } from "~/shared/users";
import { isDiskFull } from "./disk-space";
import { readForm, type UploadForm } from "./form";
import { admitUpload, finishUpload } from "./service";

/** What a form says around its file, at most. */
const formOverheadBytes = 64 * 1024;

/**
 * Takes a file that comes in one request, as a form with the fields `roomId` and `file`.
 *
 * @throws AppError `INVALID_INPUT`, `ROOM_NOT_FOUND`, `ATTACHMENT_EMPTY`, `ATTACHMENT_TOO_LARGE`, `ATTACHMENT_QUOTA`,
 * `RATE_LIMITED`, `STORAGE_FULL`, `UNAVAILABLE`, `IMAGE_…`
 */
export const receiveForm = async (
  runtime: Runtime,
  user: User,
  request: IncomingMessage,
): Promise<Attachment> => {
  // Where it is not said how long it is, it counts as the longest.
  const announced = Number(request.headers["content-length"] ?? attachmentMaxBytes);
  if (announced > attachmentMaxBytes + formOverheadBytes) throw new AppError("ATTACHMENT_TOO_LARGE");
  await admitUpload(runtime, user, Math.min(announced, attachmentMaxBytes));
  return receive(runtime, user, (file) => readForm(request, file));
};

/**
 * Takes a file that comes as a stream of `size` bytes.
 *
 * @throws AppError as {@link receiveForm}; what ends the stream before its time
 */
export const receiveStream = async (
  runtime: Runtime,
  user: User,
  form: UploadForm,
  size: number,
  bytes: Readable,
): Promise<Attachment> => {
  await admitUpload(runtime, user, size);
  return receive(runtime, user, async (file) => {
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }));
    return form;
  });
};

/**
 * Takes a file that is in memory already.
 *
 * @throws AppError as {@link receiveForm}
 */
export const receiveBytes = (
  runtime: Runtime,
  user: User,
  form: UploadForm,
  bytes: Uint8Array,
): Promise<Attachment> => receiveStream(runtime, user, form, bytes.length, Readable.from([bytes]));

const receive = async (
  runtime: Runtime,
  user: User,
  write: (file: string) => Promise<UploadForm>,
): Promise<Attachment> => {
  const { uploads, workDir } = runtime.storage;
  const id = uuidv7();
  const file = { path: path.join(workDir, id), [Symbol.asyncDispose]: async () => {} };
  try {
    // As long as this is there, what a process that ends leaves behind is found.
    await uploads.create(new Upload({ id, offset: 0, size: 0, metadata: { ownerId: user.id } }));
    const form = await write(file.path);
    await requireMembership(runtime.db, user.id, form.roomId);
    return await finishUpload(runtime, { ...form, id, ownerId: user.id, open: async () => file });
  } catch (error) {
    throw isDiskFull(error) ? new AppError("STORAGE_FULL", { cause: error }) : error;
  } finally {
    // The janitor does it where we cannot: no reason to fail what has succeeded.
    await uploads.remove(id).catch((error) => runtime.log.warn({ err: error }, "upload not cleared yet"));
  }
};

import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { validate as isUuid } from "uuid";
import { type Voice, voiceTextSchema } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import { attachmentMaxBytes } from "~/shared/limits";

/** What one `multipart/form-data` request says of the file that it brings. */
export interface UploadForm {
  roomId: string;
  name: string;
  type: string;
  /** With a voice message. */
  voice?: Voice | undefined;
}

/**
 * Reads a form with the fields `roomId` and `file`, and `voice` where it is a voice message, in any order, and writes the file to `path`, which stays the caller's
 * to remove however this ends.
 *
 * @throws AppError `INVALID_INPUT`, `ATTACHMENT_TOO_LARGE`; what keeps the disk from being written to
 */
export const readForm = async (request: IncomingMessage, path: string): Promise<UploadForm> => {
  const form: Partial<UploadForm> = {};
  let voiceText: string | undefined;
  let writing: Promise<void> | undefined;
  let stopWriting = (_: unknown) => {};
  const parser = openParser(request);
  parser.on("field", (name, value) => {
    if (name === "roomId") form.roomId = value;
    if (name === "voice") voiceText = value;
  });
  parser.on("file", (field, file, name, _encoding, type) => {
    if (field !== "file") return void file.resume();
    Object.assign(form, { name: name ?? "", type });
    const stop = new AbortController();
    stopWriting = (reason) => stop.abort(reason);
    file.once("limit", () => parser.destroy(new AppError("ATTACHMENT_TOO_LARGE")));
    writing = pipeline(file, createWriteStream(path, { mode: 0o600 }), { signal: stop.signal });
    writing.catch((error) => parser.destroy(error));
  });
  try {
    // Left open: whatever went wrong, it can still be answered.
    await pipeline(request.iterator({ destroyOnReturn: false }), parser);
    await writing;
  } catch (error) {
    stopWriting(error);
    throw isOurs(error) ? error : new AppError("INVALID_INPUT", { cause: error });
  }
  const { roomId, name, type } = form;
  if (!roomId) throw new AppError("INVALID_INPUT", { fields: { roomId: ["required"] } });
  if (name === undefined || type === undefined) {
    throw new AppError("INVALID_INPUT", { fields: { file: ["required"] } });
  }
  const { data: voice, success } = voiceTextSchema.optional().safeParse(voiceText);
  if (!success) throw new AppError("INVALID_INPUT", { fields: { voice: ["invalid"] } });
  if (!isUuid(roomId)) throw new AppError("ROOM_NOT_FOUND"); // there is no such room
  return { roomId, name, type, voice };
};

/** Whether it is not the request's fault: a refusal of ours, or the disk's. */
const isOurs = (error: unknown): boolean =>
  error instanceof AppError || (error instanceof Error && "syscall" in error);

const openParser = ({ headers }: IncomingMessage): BusboyInstance => {
  const limits = { fileSize: attachmentMaxBytes, files: 1, fields: 10, parts: 11, fieldSize: 1024 };
  try {
    return new Busboy({ headers: { ...headers, "content-type": headers["content-type"] ?? "" }, limits });
  } catch (cause) {
    throw new AppError("INVALID_INPUT", { cause }); // not a form, or one without a boundary
  }
};

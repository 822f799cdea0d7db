import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { create as contentDisposition } from "content-disposition";
import type { Runtime } from "~/server/runtime";
import type { User } from "~/shared/users";
import { kindOf } from "./kind";
import { type ReadableFile, requireReadable } from "./readable";
import { type ByteRange, thumbnailKey } from "./storage";

/** How old an answer to "may they read this?" gets while a file is on its way. */
const recheckMs = 1_000;

/** A page of a file's own could load nothing, run nothing and reach nothing but itself. */
const contentSecurityPolicy =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * Answers a GET or HEAD with a file, or the part of it that is asked for. It is inert: its type is the one we read off
 * it, and only what is known to be harmless is shown in place.
 *
 * @throws AppError `ATTACHMENT_NOT_FOUND`, before anything is answered
 */
export const sendFile = async (
  { db, storage }: Runtime,
  user: User,
  { id, isThumbnail }: { id: string; isThumbnail: boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const file = await requireReadable(db, user.id, id);
  const isSmaller = isThumbnail && file.hasThumbnail;
  const key = isSmaller ? thumbnailKey(file.id) : file.id;
  const size = isSmaller ? await storage.size(key) : file.size;
  const etag = isSmaller ? `"${file.sha256}-thumbnail"` : `"${file.sha256}"`;
  const described = { ...describeFile(file, isSmaller ? "image/webp" : file.type), ETag: etag };
  const { headers, method } = request;
  if (matches(headers["if-none-match"], etag)) return void response.writeHead(304, described).end();
  const isFresh = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = isFresh ? readRange(headers.range, size) : null;
  if (range === "unsatisfiable") {
    return void response.writeHead(416, { ...described, "Content-Range": `bytes */${size}` }).end();
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  // Opened before anything is answered: what cannot be read is an error like any other.
  const bytes = method === "HEAD" ? null : await storage.read(key, { start, end });
  response.writeHead(range ? 206 : 200, {
    ...described,
    "Content-Length": end - start + 1,
    ...(range && { "Content-Range": `bytes ${start}-${end}/${size}` }),
  });
  if (!bytes) return void response.end();
  await pipeline(
    bytes,
    whileAllowed(() => requireReadable(db, user.id, id)),
    response,
  );
};

const describeFile = ({ name, type: fileType }: ReadableFile, type: string): Record<string, string> => ({
  "Content-Type": type,
  "Content-Disposition": contentDisposition(name, {
    type: kindOf(fileType) === "file" ? "attachment" : "inline",
  }),
  "Content-Security-Policy": contentSecurityPolicy,
  "Cross-Origin-Resource-Policy": "same-origin",
  // Kept by the reader's browser alone, and asked for again each time: a right to it may have ended.
  "Cache-Control": "private, no-cache",
  "Accept-Ranges": "bytes",
});

const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch === "*" ||
  (ifNoneMatch ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag);

/**
 * The one range asked for (RFC 9110, 14.1.2). Several at once, or what is no range of bytes, are answered with the whole
 * file, as that allows.
 */
const readRange = (header: string | undefined, size: number): ByteRange | "unsatisfiable" | null => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && first !== "" && Number(last) < start) return null;
  return start < size ? { start, end } : "unsatisfiable";
};

/** Passes bytes on for as long as they may be read, however slowly they are taken. */
const whileAllowed = (check: () => Promise<unknown>) =>
  async function* (bytes: AsyncIterable<Buffer>) {
    let checkedAt = Date.now();
    for await (const chunk of bytes) {
      if (Date.now() - checkedAt > recheckMs) {
        await check();
        checkedAt = Date.now();
      }
      yield chunk;
    }
  };

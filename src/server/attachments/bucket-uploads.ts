import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataStore, ERRORS, Upload } from "@tus/server";
import { z } from "zod";
import { AppError } from "~/shared/errors";
import { uploadChunkBytes } from "~/shared/limits";
import type { Bucket } from "./bucket";
import { coverFromStart, type Piece } from "./pieces";
import type { LocalFile, Uploads } from "./uploads";
import { clearWork, listWork, writeAll } from "./work-dir";

const prefix = "uploads/";
const placeOf = (id: string): string => `${prefix}${id}/`;
const infoKey = (id: string): string => `${placeOf(id)}info`;
const pieceKey = (id: string, { start, end }: Piece): string => `${placeOf(id)}${start}-${end}`;

/** What a piece's key says of it. */
const readPiece = (key: string): Piece | undefined => {
  const [, start, end] = /\/(\d+)-(\d+)$/.exec(key) ?? [];
  return start === undefined || end === undefined ? undefined : { start: Number(start), end: Number(end) };
};

const infoSchema = z.object({
  size: z.int(),
  creation_date: z.string(),
  metadata: z.record(z.string(), z.string().nullable()),
});

/**
 * Uploads in a bucket, for any node to go on with. An upload is an object that says what it will be, and objects for the
 * pieces that came, named after the bytes that they hold and never changed: two nodes that are sent the same bytes at once
 * do no harm, so that nodes need no lock between them, and a node that ends leaves nothing half done.
 */
export class BucketUploads extends DataStore implements Uploads {
  readonly #bucket: Bucket;
  readonly #workDir: string;

  constructor(bucket: Bucket, workDir: string) {
    super();
    this.#bucket = bucket;
    this.#workDir = workDir;
    this.extensions = ["creation", "creation-with-upload", "termination"];
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, size, metadata, creation_date } = upload;
    await this.#bucket.putText(infoKey(id), JSON.stringify({ size, metadata, creation_date }));
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const [info, pieces] = await Promise.all([this.#readInfo(id), this.#readPieces(id)]);
    return new Upload({ id, offset: pieces.at(-1)?.end ?? 0, ...info });
  }

  /** Keeps what comes, as far as it comes, and resolves to the size that the upload has then. */
  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const draft = this.#draftOf(id);
    await using file = await open(draft, "wx", 0o600);
    let start = offset;
    let size = 0;
    const keep = async () => {
      if (size === 0) return;
      const piece = { start, end: start + size };
      await this.#bucket.putFile(pieceKey(id, piece), draft);
      await file.truncate(0);
      start = piece.end;
      size = 0;
    };
    try {
      for await (const chunk of source) {
        await writeAll(file, chunk, size);
        size += chunk.length;
        if (size >= uploadChunkBytes) await keep();
      }
    } finally {
      // Also where the connection was cut: what came need not be sent again.
      await keep().finally(() => rm(draft, { force: true }));
    }
    return start;
  }

  async open(id: string): Promise<LocalFile> {
    // Touched, so that no node takes it for one that was given up while we are at it.
    await this.create(await this.getUpload(id));
    const local = this.#draftOf(id);
    await pipeline(Readable.from(this.#bytes(id)), createWriteStream(local, { flags: "wx", mode: 0o600 }));
    return { path: local, [Symbol.asyncDispose]: () => rm(local, { force: true }) };
  }

  async list(): Promise<Map<string, number>> {
    const uploads = await listWork(this.#workDir);
    for await (const { key, modifiedAt } of this.#bucket.list(prefix)) {
      const id = key.split("/")[1] ?? "";
      uploads.set(id, Math.max(uploads.get(id) ?? 0, modifiedAt));
    }
    return uploads;
  }

  override async remove(id: string): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.#bucket.list(placeOf(id))) keys.push(key);
    await Promise.all([this.#bucket.remove(keys), clearWork(this.#workDir, id)]);
  }

  #draftOf(id: string): string {
    return path.join(this.#workDir, `${id}.${randomUUID()}`);
  }

  async #readInfo(id: string): Promise<z.infer<typeof infoSchema>> {
    try {
      return infoSchema.parse(JSON.parse(await this.#bucket.getText(infoKey(id))));
    } catch (error) {
      throw error instanceof AppError && error.reason === "ATTACHMENT_NOT_FOUND"
        ? ERRORS.FILE_NOT_FOUND
        : error;
    }
  }

  async #readPieces(id: string): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for await (const { key } of this.#bucket.list(placeOf(id))) pieces.push(...[readPiece(key) ?? []].flat());
    return coverFromStart(pieces);
  }

  async *#bytes(id: string): AsyncGenerator<Buffer> {
    let at = 0;
    for (const piece of await this.#readPieces(id)) {
      const range = { start: at - piece.start, end: piece.end - piece.start - 1 };
      yield* await this.#bucket.read(pieceKey(id, piece), range);
      at = piece.end;
    }
  }
}

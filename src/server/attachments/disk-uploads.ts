import { createWriteStream } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileStore } from "@tus/file-store";
import type { LocalFile, Uploads } from "./uploads";
import { clearWork, listWork } from "./work-dir";

/**
 * Uploads in the work folder itself: tus's own store on disk, but that it says what keeps it from writing. Bytes are written
 * where they belong, so that two nodes that are sent the same ones at once do no harm.
 */
export class DiskUploads extends FileStore implements Uploads {
  /** Appends what comes, as far as it comes, and resolves to the size that the upload has then. */
  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(path.join(this.directory, id), { flags: "r+", start: offset });
    await pipeline(source, file);
    return offset + file.bytesWritten;
  }

  async open(id: string): Promise<LocalFile> {
    return { path: path.join(this.directory, id), [Symbol.asyncDispose]: async () => {} };
  }

  list(): Promise<Map<string, number>> {
    return listWork(this.directory);
  }

  override remove(id: string): Promise<void> {
    return clearWork(this.directory, id);
  }
}

import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";

const bufferBytes = 64 * 1024;

/** Where a part lies: bytes `start` to `end`, both included. */
export interface SpooledPart {
  start: number;
  end: number;
}

/**
 * Text that is written once, part by part, and then read: as fast as it comes, and as slowly as it is wanted. It lies in a
 * file without a name, so that it goes with the process, however that ends.
 */
export class Spool implements AsyncDisposable {
  readonly #file: FileHandle;
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(folder: string): Promise<Spool> {
    const name = path.join(folder, randomUUID());
    const file = await open(name, "wx+", 0o600);
    await rm(name);
    return new Spool(file);
  }

  /** Writes a part that is not empty. One at a time. */
  async write(chunks: AsyncIterable<string> | Iterable<string>): Promise<SpooledPart> {
    const start = this.#size;
    let waiting = "";
    for await (const chunk of chunks) {
      waiting += chunk;
      if (waiting.length < bufferBytes) continue;
      await this.#append(waiting);
      waiting = "";
    }
    await this.#append(waiting);
    return { start, end: this.#size - 1 };
  }

  read({ start, end }: SpooledPart): Readable {
    return this.#file.createReadStream({ start, end, autoClose: false });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }

  async #append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#file.writeFile(bytes);
    this.#size += bytes.length;
  }
}

import { PassThrough, type Readable } from "node:stream";
import type { z } from "zod";
import type { Attachment } from "~/shared/attachments";
import { AppError } from "~/shared/errors";
import type { attachmentFrameSchema, ServerFrame } from "./frames";

type AttachmentFrame = z.output<typeof attachmentFrameSchema>;

/** Stores a file that comes as a stream of so many bytes. */
export type StoreFile = (
  about: { name: string; type: string },
  size: number,
  bytes: Readable,
) => Promise<Attachment>;

interface Answers {
  say: (frame: ServerFrame) => void;
  refuse: (error: unknown, clientId?: string) => void;
}

/**
 * Files that come over one plain WebSocket, one at a time: announced by a text frame and brought by the binary frames
 * behind it, or in that frame itself. What is refused need not be known to who sends on: its bytes are passed over.
 */
export class FileIntake {
  readonly #store: StoreFile;
  readonly #answers: Answers;
  /** What the next binary frame is a part of. */
  #coming: { left: number; stream: PassThrough } | null = null;
  /** Ends when the file before has been answered. */
  #stored: Promise<void> | null = null;

  constructor(store: StoreFile, answers: Answers) {
    this.#store = store;
    this.#answers = answers;
  }

  /** Begins a file. One whose last byte has not come is given up by it. */
  async announce(frame: AttachmentFrame): Promise<void> {
    const stream = new PassThrough().on("error", () => {}); // told where it is read
    const whole = frame.data === undefined ? undefined : Buffer.from(frame.data, "base64");
    if (this.#coming) {
      this.close();
      await this.#stored;
    }
    const size = whole?.length ?? frame.size ?? 0;
    if (size > 0 && !whole) this.#coming = { left: size, stream };
    if (this.#stored) {
      stream.resume();
      return this.#answers.refuse(new AppError("RATE_LIMITED", { retryAfterSeconds: 1 }), frame.clientId);
    }
    if (whole) stream.end(whole);
    this.#stored = this.#answer(frame, size, stream).finally(() => {
      this.#stored = null;
    });
  }

  /** Takes the next part of the file that was announced, no faster than it is stored. */
  async take(bytes: Buffer): Promise<void> {
    const coming = this.#coming;
    if (!coming) return this.#answers.refuse(new AppError("INVALID_INPUT"));
    if (bytes.length > coming.left) return this.close();
    coming.left -= bytes.length;
    const { stream } = coming;
    await new Promise<unknown>((resolve) => stream.write(bytes, resolve)); // also where nobody reads any more
    if (coming.left > 0) return;
    this.#coming = null;
    stream.end();
  }

  /** Gives up the file whose last byte has not come, which is answered as refused. */
  close(): void {
    this.#coming?.stream.destroy(new AppError("INVALID_INPUT"));
    this.#coming = null;
  }

  async #answer(
    { name, mediaType, clientId }: AttachmentFrame,
    size: number,
    stream: PassThrough,
  ): Promise<void> {
    const about = clientId === undefined ? {} : { clientId };
    try {
      const attachment = await this.#store({ name, type: mediaType }, size, stream);
      this.#answers.say({ type: "attachment", ...about, attachment });
    } catch (error) {
      this.#answers.refuse(error, clientId);
    } finally {
      stream.resume(); // what still comes of it
    }
  }
}

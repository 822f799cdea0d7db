import { type Failure, failureOf } from "../outbox/failure";
import { Turns } from "../outbox/turns";
import type { OutgoingFile } from "./outgoing-file";
import { uploadName } from "./upload-names";

/** How far an upload is. A new object with every change. */
export interface UploadProgress {
  readonly bytes: number;
  readonly state: "uploading" | "done" | "failed";
  /** With `failed`. */
  readonly failure: Failure | null;
}

interface Running {
  readonly id: Promise<string>;
  readonly controller: AbortController;
}

/** Runs `work` while no other tab works on this upload. Pages without HTTPS have no locks: there the server sorts it out. */
const alone = <T>(key: string, work: () => Promise<T>): Promise<T> =>
  "locks" in navigator ? navigator.locks.request(uploadName(key), work) : work();

const started: UploadProgress = { bytes: 0, state: "uploading", failure: null };

// Most visits send no file.
const loadTus = () => import("./tus-upload");

/** The uploads of this page, a room's one after the other, each known by its file's key. */
export class Uploads {
  readonly #discard: (attachmentId: string) => Promise<unknown>;
  readonly #running = new Map<string, Running>();
  readonly #progress = new Map<string, UploadProgress>();
  readonly #turns = new Turns();
  readonly #listeners = new Set<() => void>();

  /** @param discard lets an attachment go that no message will have */
  constructor(discard: (attachmentId: string) => Promise<unknown>) {
    this.#discard = discard;
  }

  /**
   * Uploads a file, or joins the upload under way; one that failed goes on where it stopped. Resolves to the attachment's
   * id.
   *
   * @throws UploadError
   */
  upload(roomId: string, file: OutgoingFile): Promise<string> {
    const running = this.#running.get(file.key);
    if (running) return running.id;
    const controller = new AbortController();
    const { signal } = controller;
    this.#report(file.key, started);
    const onProgress = (bytes: number) => this.#report(file.key, { ...started, bytes });
    const id = this.#turns.take(roomId, async () => {
      const { uploadByTus } = await loadTus();
      return alone(file.key, () => uploadByTus({ roomId, file, signal, onProgress }));
    });
    this.#running.set(file.key, { id, controller });
    id.then(
      () => this.#report(file.key, { ...started, bytes: file.file.size, state: "done" }),
      (error: unknown) => {
        this.#running.delete(file.key);
        if (signal.aborted) this.#progress.delete(file.key);
        else this.#report(file.key, { ...started, state: "failed", failure: failureOf(error) });
      },
    );
    return id;
  }

  /** Gives a file up, however far it is. */
  cancel(roomId: string, file: OutgoingFile): void {
    const running = this.#running.get(file.key);
    running?.controller.abort();
    running?.id.then((id) => this.#discard(id)).catch(() => undefined);
    void this.forget(roomId, file);
  }

  /** Nothing more is to be known of it: its message is sent, or what was on the server is gone. */
  async forget(roomId: string, file: OutgoingFile): Promise<void> {
    this.#running.delete(file.key);
    this.#progress.delete(file.key);
    const tus = await loadTus().catch(() => null);
    await tus?.forgetUpload(roomId, file);
  }

  /** Undefined before the first try. The same object until it changes. */
  progress(key: string): UploadProgress | undefined {
    return this.#progress.get(key);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #report(key: string, progress: UploadProgress): void {
    // What was cancelled has nothing more to say.
    if (progress.state === "done" && !this.#running.has(key)) return;
    this.#progress.set(key, progress);
    for (const listener of [...this.#listeners]) listener();
  }
}

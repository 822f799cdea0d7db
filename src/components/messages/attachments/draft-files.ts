import { attachmentMaxBytes, attachmentsPerMessage } from "~/shared/limits";
import { type DraftFile, type DraftFileChange, type DraftFileStore, noDraftFiles } from "./draft-file-store";
import type { OutgoingFile } from "./outgoing-file";
import type { Uploads } from "./uploads";

/** What is kept of all drafts together: the most that one message can carry. More lasts as long as the page. */
const keptBytes = attachmentsPerMessage * attachmentMaxBytes;

const none: readonly OutgoingFile[] = [];

/** The files attached to each room's draft. They go up while one is still writing, and wait for it past a reload. */
export class DraftFiles {
  readonly #uploads: Uploads;
  readonly #store: DraftFileStore;
  readonly #byRoom = new Map<string, readonly OutgoingFile[]>();
  readonly #listeners = new Set<() => void>();

  constructor(uploads: Uploads, store: DraftFileStore = noDraftFiles) {
    this.#uploads = uploads;
    this.#store = store;
  }

  /**
   * Takes up what earlier visits have left, and follows what other tabs do.
   *
   * @param isTaken whether a message has this file by now: the page ended between the two
   */
  async open(isTaken: (file: DraftFile) => boolean): Promise<void> {
    this.#store.listen((change) => this.#follow(change));
    for (const { roomId, file } of await this.#store.readAll()) {
      if (isTaken({ roomId, file })) void this.#store.remove(roomId, file.key);
      else this.#follow({ type: "put", roomId, file });
    }
  }

  /** In the order chosen; the same array until one comes or goes. */
  of(roomId: string): readonly OutgoingFile[] {
    return this.#byRoom.get(roomId) ?? none;
  }

  add(roomId: string, files: readonly OutgoingFile[]): void {
    this.#set(roomId, [...this.of(roomId), ...files]);
    for (const file of files) {
      this.upload(roomId, file);
      if (this.#bytes() <= keptBytes) void this.#store.put({ roomId, file });
    }
  }

  remove(roomId: string, file: OutgoingFile): void {
    this.#uploads.cancel(roomId, file);
    this.#follow({ type: "remove", roomId, key: file.key });
    void this.#store.remove(roomId, file.key);
  }

  /** Goes on with an upload; joins it if it is under way. */
  upload(roomId: string, file: OutgoingFile): void {
    // How it ended is in its progress.
    this.#uploads.upload(roomId, file).catch(() => undefined);
  }

  /** Hands them over to a message; the draft has none then. What was kept of them is there until {@link forget}. */
  take(roomId: string): readonly OutgoingFile[] {
    const files = this.of(roomId);
    this.#set(roomId, none);
    return files;
  }

  /** Keeps files no longer that somebody else has: a message that is kept itself. */
  forget(roomId: string, files: readonly OutgoingFile[]): void {
    for (const { key } of files) void this.#store.remove(roomId, key);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Leaves its upload alone, which may be another tab's. */
  #follow(change: DraftFileChange): void {
    const { roomId } = change;
    const key = change.type === "remove" ? change.key : change.file.key;
    const others = this.of(roomId).filter((file) => file.key !== key);
    const files = change.type === "remove" ? others : [...others, change.file];
    this.#set(
      roomId,
      files.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
  }

  #bytes(): number {
    return [...this.#byRoom.values()].flat().reduce((sum, { file }) => sum + file.size, 0);
  }

  #set(roomId: string, files: readonly OutgoingFile[]): void {
    this.#byRoom.set(roomId, files);
    for (const listener of [...this.#listeners]) listener();
  }
}

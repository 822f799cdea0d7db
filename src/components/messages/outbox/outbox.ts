import { v7 as uuid } from "uuid";
import type { ErrorReason } from "~/shared/errors";
import type { Message } from "~/shared/messages";
import type { OutgoingFile } from "../attachments/outgoing-file";
import { failureOf } from "./failure";
import type { OutgoingStore, StoreChange } from "./outgoing-store";
import { backoffMs, Pause } from "./pause";

/** What somebody has written. */
export interface Written {
  readonly body: string;
  /** The message that it answers. */
  readonly replyToSeq?: number | undefined;
  /** What goes with it; it is sent once they are up. */
  readonly files?: readonly OutgoingFile[] | undefined;
}

/** A message on its way. Plain data, as it is kept in the browser's database. */
export interface Outgoing extends Written {
  /**
   * Made before the first try: however often it is sent, it becomes one message. It grows with the time, so that sorting
   * by it gives the order written.
   */
  readonly clientId: string;
  readonly roomId: string;
  readonly createdAt: Date;
  /** `waiting`: sent or to be sent, not acknowledged. `failed`: refused, for the person to decide on. */
  readonly state: "waiting" | "sent" | "failed";
  /** With `failed`: the refusal, if the server gave one. */
  readonly reason: ErrorReason | null;
  /** With `sent`: what the message has become. */
  readonly message: Message | null;
}

type Send = (input: { roomId: string; clientId: string } & Written) => Promise<Message>;

const none: readonly Outgoing[] = [];

/**
 * Messages written in this browser and not yet on the timeline. Each room's go out one after the other, in the order they
 * were written, by one tab at a time; one that the network swallowed is sent again until the server answers, also by a
 * later visit; one that is refused lets the next pass.
 */
export class Outbox {
  readonly #send: Send;
  readonly #store: OutgoingStore;
  readonly #byRoom = new Map<string, readonly Outgoing[]>();
  /** The rooms whose turn to be sent to has yet to come: it will find all that is kept until then. */
  readonly #queued = new Set<string>();
  readonly #pauses = new Set<Pause>();
  readonly #listeners = new Set<(roomId: string) => void>();

  constructor(send: Send, store: OutgoingStore) {
    this.#send = send;
    this.#store = store;
  }

  /** Takes up what earlier visits and other tabs have left, and follows what those do. */
  async open(): Promise<void> {
    this.#store.listen((change) => this.#follow(change));
    for (const entry of await this.#store.readAll()) this.#follow({ type: "put", entry });
  }

  /** The room's messages on their way, in the order written; the same array until one of them changes. */
  entries(roomId: string): readonly Outgoing[] {
    return this.#byRoom.get(roomId) ?? none;
  }

  /** Takes a message and sends it as soon as it can. Resolves once it is kept, whatever becomes of this page. */
  add(roomId: string, { body, replyToSeq, files }: Written): Promise<void> {
    return this.#keep({
      clientId: uuid(),
      roomId,
      body,
      replyToSeq,
      files,
      createdAt: new Date(),
      state: "waiting",
      reason: null,
      message: null,
    });
  }

  /** Sends a refused message once more. */
  retry(entry: Outgoing): void {
    void this.#keep({ ...entry, state: "waiting", reason: null });
  }

  /** Drops a message: one that the person gave up, or a sent one that now stands on the timeline. */
  remove({ roomId, clientId, state }: Outgoing): void {
    this.#hide(roomId, clientId);
    if (state !== "sent") void this.#store.remove(roomId, clientId);
  }

  /** The connection is back: whoever waits for the next try makes it now. */
  wake(): void {
    for (const pause of this.#pauses) pause.cut();
  }

  /** Calls `listener` with the room whose messages changed. Returns what ends it. */
  readonly subscribe = (listener: (roomId: string) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #keep(entry: Outgoing): Promise<void> {
    this.#show(entry);
    await this.#store.put(entry);
    void this.#drain(entry.roomId);
  }

  #follow(change: StoreChange): void {
    if (change.type === "remove") {
      this.#hide(change.roomId, change.clientId);
      return;
    }
    this.#show(change.entry);
    // The tab that wrote it may be gone.
    if (change.entry.state === "waiting") void this.#drain(change.entry.roomId);
  }

  async #drain(roomId: string): Promise<void> {
    if (this.#queued.has(roomId)) return;
    this.#queued.add(roomId);
    await this.#store.exclusively(roomId, async () => {
      this.#queued.delete(roomId);
      const pause = new Pause();
      this.#pauses.add(pause);
      let failures = 0;
      for (let next = await this.#next(roomId); next; next = await this.#next(roomId)) {
        const outcome = await this.#try(next);
        if ("retryInMs" in outcome) await pause.wait(outcome.retryInMs ?? backoffMs(failures++));
        else failures = 0;
      }
      this.#pauses.delete(pause);
    });
  }

  async #try(entry: Outgoing): Promise<{ retryInMs: number | null } | { done: true }> {
    const { roomId, clientId, body, replyToSeq, files } = entry;
    let after: Outgoing;
    try {
      const message = await this.#send({ roomId, clientId, body, replyToSeq, files });
      after = { ...entry, state: "sent", message };
    } catch (error) {
      const { temporary, reason, retryAfterMs } = failureOf(error);
      if (temporary) return { retryInMs: retryAfterMs };
      after = { ...entry, state: "failed", reason };
    }
    // Given up meanwhile, it is nobody's any more.
    if (after.state === "failed" && !this.#has(entry)) return { done: true };
    this.#show(after);
    await this.#store.put(after);
    return { done: true };
  }

  async #next(roomId: string): Promise<Outgoing | undefined> {
    const kept = await this.#store.readAll();
    return kept.find((entry) => entry.roomId === roomId && entry.state === "waiting");
  }

  #has({ roomId, clientId }: Outgoing): boolean {
    return this.entries(roomId).some((entry) => entry.clientId === clientId);
  }

  #show(entry: Outgoing): void {
    const others = this.entries(entry.roomId).filter(({ clientId }) => clientId !== entry.clientId);
    const at = others.findIndex(({ clientId }) => clientId > entry.clientId);
    this.#set(entry.roomId, others.toSpliced(at < 0 ? others.length : at, 0, entry));
  }

  #hide(roomId: string, gone: string): void {
    this.#set(
      roomId,
      this.entries(roomId).filter(({ clientId }) => clientId !== gone),
    );
  }

  #set(roomId: string, entries: readonly Outgoing[]): void {
    if (entries.length > 0) this.#byRoom.set(roomId, entries);
    else this.#byRoom.delete(roomId);
    for (const listener of [...this.#listeners]) listener(roomId);
  }
}

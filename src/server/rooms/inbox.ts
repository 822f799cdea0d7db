import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import type { PresenceHub } from "~/server/realtime/presence";
import type { RoomWatch } from "~/server/realtime/room-watch";
import type { InboxEvent } from "~/shared/rooms";
import { type View, viewKey } from "./access";
import { moveDelivered } from "./delivered";
import { readSummaries, type ViewedSummary } from "./summary";

const viewsPerReading = 500;
const retryMs = 500;

type RoomChange = Extract<InboxEvent, { type: "room" | "gone" }>;
type Listener = (event: RoomChange) => void;

/**
 * Reads the summaries of rooms that changed, for everybody on this node whose inbox is open. What changes while a
 * reading is under way waits for the next one and shares it: under load ten changes of a room cost one summary.
 */
export class InboxHub {
  readonly #db: Db;
  readonly #log: Log;
  readonly #rooms: RoomWatch;
  readonly #presence: PresenceHub;
  readonly #listeners = new Map<string, Set<Listener>>();
  #changed = new Map<string, View>();
  #reading: Promise<void> | null = null;
  #telling: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: { db: Db; log: Log; rooms: RoomWatch; presence: PresenceHub }) {
    this.#db = parts.db;
    this.#log = parts.log;
    this.#rooms = parts.rooms;
    this.#presence = parts.presence;
  }

  /** How many summaries are still to be read. */
  get waiting(): number {
    return this.#changed.size;
  }

  /** Calls `listener` with the summaries read for this person. Returns what ends it. */
  listen(userId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(userId) ?? new Set();
    this.#listeners.set(userId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(userId) === listeners) this.#listeners.delete(userId);
    };
  }

  /** Marks a room as changed for this person: its summary is read and told soon. */
  mark(view: View): void {
    this.#changed.set(viewKey(view), view);
    this.#reading ??= this.#read();
  }

  /**
   * Resolves once the reading under way has been told. Whoever reads a summary by another way waits for it first: it may
   * have begun before what they are about to see, and must not come after it.
   */
  async settled(): Promise<void> {
    await this.#telling;
  }

  close(): void {
    this.#closed = true;
  }

  async #read(): Promise<void> {
    await Promise.resolve(); // what changes in the same turn comes along
    while (this.#changed.size > 0 && !this.#closed) {
      const views = [...this.#changed.values()].slice(0, viewsPerReading);
      for (const view of views) this.#changed.delete(viewKey(view));
      try {
        const here = views.filter((view) => this.#listeners.has(view.userId));
        const reading = readSummaries(this.#db, this.#presence, here);
        const telling = reading.then((read) => this.#tell(here, read));
        this.#telling = telling.catch(() => {});
        await telling;
        await this.#recordDelivery(await reading);
      } catch (error) {
        this.#log.warn({ err: error }, "inboxes not read; tried again shortly");
        for (const view of views) this.#changed.set(viewKey(view), view);
        await sleep(retryMs, undefined, { ref: false });
      }
    }
    // In the turn in which the loop ended: whatever changes from now on begins a new one.
    this.#reading = null;
  }

  #tell(views: View[], read: ViewedSummary[]): void {
    const summaries = new Map(read.map((viewed) => [viewKey(viewed), viewed.summary]));
    for (const view of views) {
      const room = summaries.get(viewKey(view));
      const event: RoomChange = room ? { type: "room", room } : { type: "gone", roomId: view.roomId };
      for (const listener of [...(this.#listeners.get(view.userId) ?? [])]) listener(event);
    }
  }

  /** What was told in a 1:1 room was delivered. Nobody is shown this of a group. */
  async #recordDelivery(read: ViewedSummary[]): Promise<void> {
    const delivered = read.filter(
      ({ summary, lastDeliveredSeq }) => summary.kind === "direct" && lastDeliveredSeq < summary.lastSeq,
    );
    if (delivered.length === 0) return;
    const told = delivered.map(({ userId, roomId, summary }) => ({ userId, roomId, seq: summary.lastSeq }));
    const moved = await moveDelivered(this.#db, told);
    for (const { userId, roomId } of moved) this.#rooms.publish(roomId, { type: "delivered", userId });
  }
}

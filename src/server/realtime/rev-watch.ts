import type { Log } from "~/server/infra/log";
import { reconcilerFindings } from "~/server/infra/metrics";
import type { Backplane } from "./backplane";

/** How long a lost announcement can go unnoticed, with the backplane there and with it away. */
const reconcileEveryMs = { connected: 2_000, away: 500 };
const idsPerQuery = 1_000;

/** `event` is null when the rev moved on and nobody announced it: read what is true now. */
export type RevListener<E> = (id: string, event: E | null) => void;

export interface RevWatchOptions<E> {
  backplane: Backplane;
  log: Log;
  channelOf: (id: string) => string;
  /** The present revs. A thing that is missing is gone. */
  readRevs: (ids: string[]) => Promise<Map<string, number>>;
  /** Takes an announcement apart; null if it cannot be read. Its `rev` is null where it announces no change. */
  parse: (message: string) => { rev: number | null; event: E } | null;
}

interface Entry<E> {
  rev: number;
  listeners: Set<RevListener<E>>;
  /** Resolves, once announcements arrive here, to what ends them. */
  subscribed: Promise<() => void>;
}

const goneRev = -1;

/**
 * Follows things that count their own changes (a room's `lastRev`, a person's `rev`). An announcement over the backplane
 * is the fast way to hear of a change; a comparison with the database every few seconds finds those that were lost.
 */
export class RevWatch<E> {
  readonly #options: RevWatchOptions<E>;
  readonly #entries = new Map<string, Entry<E>>();
  readonly #stopGap: () => void;
  #timer: NodeJS.Timeout;
  #closed = false;

  constructor(options: RevWatchOptions<E>) {
    this.#options = options;
    this.#stopGap = options.backplane.onGap(() => void this.reconcile());
    this.#timer = this.#schedule();
  }

  /**
   * Calls `listener` after every change of these things from now on: what is read from the database after this resolved,
   * together with the calls, leaves no hole. Resolves to what ends it.
   */
  async watch(ids: string[], listener: RevListener<E>): Promise<() => void> {
    const added = ids.filter((id) => !this.#entries.has(id));
    for (const id of ids) this.#entry(id).listeners.add(listener);
    const stop = () => {
      for (const id of ids) this.#leave(id, listener);
    };
    try {
      await Promise.all(ids.map((id) => this.#entry(id).subscribed));
      // Read after subscribing: a change in between is announced.
      await this.#readRevs(added, (entry, rev) => {
        entry.rev = Math.max(entry.rev, rev);
      });
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** Whether anybody here watches it. */
  isWatched(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Compares everything watched here with the database, now. */
  async reconcile(): Promise<void> {
    try {
      await this.#readRevs([...this.#entries.keys()], (entry, rev, id) => {
        if (rev === entry.rev || (rev < entry.rev && rev !== goneRev)) return;
        entry.rev = rev;
        reconcilerFindings.inc();
        this.#notify(id, entry, null);
      });
    } catch (error) {
      this.#options.log.warn({ err: error }, "reconciliation failed; tried again shortly");
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stopGap();
  }

  #entry(id: string): Entry<E> {
    const existing = this.#entries.get(id);
    if (existing) return existing;
    const { backplane, channelOf } = this.#options;
    const entry: Entry<E> = {
      rev: goneRev,
      listeners: new Set(),
      subscribed: backplane.subscribe(channelOf(id), (message) => this.#onMessage(id, entry, message)),
    };
    this.#entries.set(id, entry);
    return entry;
  }

  #leave(id: string, listener: RevListener<E>): void {
    const entry = this.#entries.get(id);
    if (!entry?.listeners.delete(listener) || entry.listeners.size > 0) return;
    this.#entries.delete(id);
    void entry.subscribed.then((unsubscribe) => unsubscribe());
  }

  #onMessage(id: string, entry: Entry<E>, message: string): void {
    const announcement = this.#options.parse(message);
    if (!announcement) {
      this.#options.log.warn("unreadable announcement; the reconciler will find what it was about");
      return;
    }
    if (announcement.rev !== null) entry.rev = Math.max(entry.rev, announcement.rev);
    this.#notify(id, entry, announcement.event);
  }

  #notify(id: string, entry: Entry<E>, event: E | null): void {
    for (const listener of [...entry.listeners]) listener(id, event);
  }

  async #readRevs(ids: string[], each: (entry: Entry<E>, rev: number, id: string) => void): Promise<void> {
    for (let start = 0; start < ids.length; start += idsPerQuery) {
      const some = ids.slice(start, start + idsPerQuery);
      const revs = await this.#options.readRevs(some);
      for (const id of some) {
        const entry = this.#entries.get(id);
        if (entry) each(entry, revs.get(id) ?? goneRev, id);
      }
    }
  }

  #schedule(): NodeJS.Timeout {
    const { connected, away } = reconcileEveryMs;
    const timer = setTimeout(
      async () => {
        await this.reconcile();
        if (!this.#closed) this.#timer = this.#schedule();
      },
      this.#options.backplane.connected ? connected : away,
    );
    return timer.unref();
  }
}

import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { deliverySeconds, gapsFilled, tally } from "~/server/infra/metrics";
import type { Change, RoomEvent } from "~/server/realtime/events";
import type { Sink } from "~/server/realtime/live";
import { untilAvailable } from "~/server/realtime/retry";
import type { RoomWatch } from "~/server/realtime/room-watch";
import { Semaphore } from "~/server/realtime/semaphore";
import { readChanges } from "./rows";

/** Changes kept in memory a room: a reader this far behind still costs no query. */
const ringSize = 512;
/** Changes that are read from the database, or handed to everybody present, at a time. */
const changesAtOnce = 50;
/** Changes that who catches up is given before we look how much waits in their connection: of 12 kB each at most. */
const changesAtATime = 8;
/** Pages that a node reads at a time: a crowd that catches up leaves room, and the database, to who talks. */
const pagesAtOnce = 2;
const retryMs = 500;

/** Who follows a room. Present ones are given what arrives, in the turn in which it does. */
interface Follower {
  /** Everything up to this rev has been given to them. */
  at: number;
  /** Changes to read for them: as many as their connection took the last time, and twice as many when it took them all. */
  pageSize: number;
  sink: Sink<Change>;
  /** Ends their presence: they have fallen behind, or leave. */
  wake: () => void;
}

/**
 * A room's changes on this node, for everybody here who listens. The latest stand in a ring, in order and without a hole;
 * a reader is only a cursor, so that a slow one costs one integer, and one that has fallen out of the ring reads pages
 * from the database until it is back.
 */
export class RoomFeed {
  readonly #db: Db;
  readonly #log: Log;
  readonly #roomId: string;
  readonly #pages: Semaphore;
  /** Ascending by rev. Holds every change in (`#floor`, `#head`] that no later one of them superseded. */
  #ring: Change[] = [];
  #floor: number;
  #head: number;
  /** Who has everything up to `#head`. */
  readonly #present = new Set<Follower>();
  #filling: Promise<void> | null = null;
  /** Something was missed since the reading under way began. */
  #behind = false;
  #closed = false;

  constructor(db: Db, log: Log, roomId: string, head: number, pages: Semaphore) {
    this.#db = db;
    this.#log = log;
    this.#roomId = roomId;
    this.#pages = pages;
    this.#floor = head;
    this.#head = head;
  }

  /** The highest rev up to which this node knows everything. */
  get head(): number {
    return this.#head;
  }

  /** Takes in what a node announced; null says that something was missed. */
  onEvent(event: RoomEvent | null): void {
    if (event === null) this.#fill();
    else if (event.type === "changes") this.#take(event.changes, event.at);
  }

  /** Gives the sink every change past `cursor`, in order, until the signal ends it. */
  async follow(cursor: number, sink: Sink<Change>, signal: AbortSignal): Promise<void> {
    const follower: Follower = { at: cursor, pageSize: changesAtOnce, sink, wake: () => {} };
    while (!signal.aborted) {
      if (sink.isFull()) await sink.drained(signal);
      else if (follower.at >= this.#head) await this.#stay(follower, signal);
      else await this.#catchUp(follower, signal);
    }
  }

  /** Resolves when the follower's connection is full or the signal ends it; until then it is given what arrives. */
  #stay(follower: Follower, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      follower.wake = () => {
        this.#present.delete(follower);
        signal.removeEventListener("abort", follower.wake);
        resolve();
      };
      this.#present.add(follower);
      signal.addEventListener("abort", follower.wake);
    });
  }

  /** Who waits in between holds nothing but the cursor. */
  async #catchUp(follower: Follower, signal: AbortSignal): Promise<void> {
    const head = this.#head;
    const isInRing = follower.at >= this.#floor;
    const changes = isInRing ? this.#since(follower.at) : await this.#readPage(follower, signal);
    // Without any, the last revs were all superseded by ones beyond this head.
    if (changes.length === 0) follower.at = Math.max(follower.at, head);
    let given = 0;
    while (given < changes.length && !follower.sink.isFull() && !signal.aborted) {
      const some = changes.slice(given, given + changesAtATime);
      given += some.length;
      tally.deliveries += some.length;
      follower.sink.take(some);
      follower.at = some.at(-1)?.message.rev ?? follower.at;
    }
    follower.pageSize = Math.min(changesAtOnce, given < changes.length ? given : 2 * given) || changesAtATime;
  }

  close(): void {
    this.#closed = true;
  }

  #readPage({ at, pageSize }: Follower, signal: AbortSignal): Promise<Change[]> {
    const read = () => readChanges(this.#db, this.#roomId, at, pageSize);
    return untilAvailable(() => this.#pages.run(async () => (signal.aborted ? [] : read())), signal);
  }

  #since(rev: number): Change[] {
    // From the end: most readers are there.
    const start = this.#ring.findLastIndex((change) => change.message.rev <= rev) + 1;
    return this.#ring.slice(start, start + changesAtOnce);
  }

  #take(changes: Change[], announcedAt: number | undefined): void {
    const next: Change[] = [];
    for (const change of changes) {
      const missing = change.message.rev - (this.#head + next.length + 1);
      if (missing > 0) {
        this.#fill();
        break;
      }
      if (missing === 0) next.push(change);
    }
    this.#append(next);
    if (announcedAt !== undefined && this.#present.size > 0) {
      deliverySeconds.observe(Math.max(0, Date.now() - announcedAt) / 1000);
    }
  }

  /** Puts the changes that come next into the ring, and gives them to everybody who is present. */
  #append(all: Change[]): void {
    for (let start = 0; start < all.length; start += changesAtOnce) {
      const changes = all.slice(start, start + changesAtOnce);
      const before = this.#head;
      this.#ring.push(...changes);
      this.#head = changes.at(-1)?.message.rev ?? before;
      this.#give(changes, before);
    }
    const gone = this.#ring.splice(0, Math.max(0, this.#ring.length - ringSize));
    this.#floor = gone.at(-1)?.message.rev ?? this.#floor;
  }

  #give(changes: Change[], before: number): void {
    tally.deliveries += changes.length * this.#present.size;
    for (const follower of this.#present) {
      if (follower.at >= this.#head) continue; // heard of it from another node, before they came here
      if (follower.sink.isFull()) follower.wake();
      else {
        const { at } = follower;
        follower.sink.take(at === before ? changes : changes.filter(({ message }) => message.rev > at));
        follower.at = this.#head;
      }
    }
  }

  /** Reads what is missing from the database, until it is there. One reading at a time, however many ask. */
  #fill(): void {
    gapsFilled.inc();
    this.#behind = true;
    this.#filling ??= this.#readMissing();
  }

  async #readMissing(): Promise<void> {
    await Promise.resolve(); // so that #filling is set, and what is missed in the same turn comes along
    while (this.#behind && !this.#closed) {
      try {
        this.#behind = false;
        const changes = await readChanges(this.#db, this.#roomId, this.#head, changesAtOnce);
        // An announcement may have brought some of them meanwhile.
        const missing = changes.filter((change) => change.message.rev > this.#head);
        this.#append(missing);
        if (changes.length === changesAtOnce) this.#behind = true;
      } catch (error) {
        this.#behind = true;
        this.#log.warn({ err: error }, "gap not filled; tried again shortly");
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    // In the turn in which the loop ended: whatever is missed from now on begins a new one.
    this.#filling = null;
  }
}

/** The feeds of the rooms that somebody on this node listens to. */
export class RoomFeeds {
  readonly #db: Db;
  readonly #log: Log;
  readonly #rooms: RoomWatch;
  readonly #pages = new Semaphore(pagesAtOnce);
  readonly #open = new Map<string, { feed: Promise<RoomFeed>; stop: Promise<() => void>; readers: number }>();

  constructor(db: Db, rooms: RoomWatch, log: Log) {
    this.#db = db;
    this.#rooms = rooms;
    this.#log = log;
  }

  /** How many rooms are listened to here. */
  get size(): number {
    return this.#open.size;
  }

  /** Gives the sink every change of a room past `cursor`, in order, until the signal ends it. */
  async follow(roomId: string, cursor: number, sink: Sink<Change>, signal: AbortSignal): Promise<void> {
    const entry = this.#open.get(roomId) ?? this.#start(roomId);
    entry.readers += 1;
    try {
      const feed = await entry.feed;
      await feed.follow(cursor, sink, signal);
    } finally {
      entry.readers -= 1;
      if (entry.readers === 0) this.#stop(roomId, entry);
    }
  }

  #start(roomId: string) {
    let feed: RoomFeed | null = null;
    let missed = false;
    // Listen first, then read where the room stands: what is announced in between is not lost.
    const stop = this.#rooms.watch([roomId], (_, event) => {
      if (feed) feed.onEvent(event);
      else missed = true;
    });
    const opening = stop.then(async () => {
      const room = await this.#db.room.findUnique({ where: { id: roomId }, select: { lastRev: true } });
      feed = new RoomFeed(this.#db, this.#log, roomId, room?.lastRev ?? 0, this.#pages);
      if (missed) feed.onEvent(null);
      return feed;
    });
    const entry = { feed: opening, stop, readers: 0 };
    this.#open.set(roomId, entry);
    return entry;
  }

  #stop(roomId: string, entry: { feed: Promise<RoomFeed>; stop: Promise<() => void> }): void {
    if (this.#open.get(roomId) === entry) this.#open.delete(roomId);
    entry.feed.then((feed) => feed.close()).catch(() => {});
    entry.stop.then((stop) => stop()).catch(() => {});
  }
}

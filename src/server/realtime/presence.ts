import { setImmediate as nextTurn } from "node:timers/promises";
import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import type { Presence } from "~/shared/users";
import type { Backplane } from "./backplane";
import { presenceChannel } from "./channels";
import { decodePresenceEvent, encodeEvent, type PresenceEvent } from "./events";

/** A node beats for the people it serves; one that died without a word is noticed when its beats run out. */
const beatEverySeconds = 10;
const ttlSeconds = 25;
/** Somebody who reloads a page is not shown to have gone. */
const lingerMs = 3_000;

type Listener = (userId: string) => void;

/** Who is online, over all nodes. A person with three devices on two nodes is online until the last one goes. */
export class PresenceHub {
  readonly #db: Db;
  readonly #backplane: Backplane;
  readonly #log: Log;
  /** User id → sockets here. Zero while somebody lingers. */
  readonly #here = new Map<string, number>();
  readonly #lingering = new Map<string, NodeJS.Timeout>();
  readonly #listeners = new Map<string, Set<Listener>>();
  /** What the listeners were last told, to notice people whose node died. */
  #online = new Set<string>();
  /** Of whom the presence is asked for, and will be read in the next turn. */
  #asked = new Set<string>();
  #answer: Promise<Map<string, Presence>> | null = null;
  readonly #timer: NodeJS.Timeout;
  readonly #subscribed: Promise<() => void>;

  constructor(db: Db, backplane: Backplane, log: Log) {
    this.#db = db;
    this.#backplane = backplane;
    this.#log = log;
    this.#subscribed = backplane.subscribe(presenceChannel, (message) => {
      const event = decodePresenceEvent(message);
      if (event) this.#tell(event);
    });
    this.#timer = setInterval(() => void this.#beat(), beatEverySeconds * 1000);
    this.#timer.unref();
  }

  /** How many people are served here. */
  get size(): number {
    return this.#here.size;
  }

  /** Somebody opened a socket here. Returns what to call when it closes. */
  arrive(userId: string): () => void {
    clearTimeout(this.#lingering.get(userId));
    this.#lingering.delete(userId);
    const sockets = this.#here.get(userId);
    this.#here.set(userId, (sockets ?? 0) + 1);
    if (sockets === undefined) {
      void this.#try(this.#backplane.presence.beat([userId], ttlSeconds));
      this.#announce({ userId, online: true });
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const rest = (this.#here.get(userId) ?? 1) - 1;
      this.#here.set(userId, rest);
      if (rest > 0) return;
      const timer = setTimeout(() => void this.#leave([userId]), lingerMs);
      this.#lingering.set(userId, timer.unref());
    };
  }

  /**
   * The presence of those of these people who share it. While the backplane is away, as far as this node knows. However many
   * ask in one turn of the event loop, as when somebody comes whom a thousand watch, it is read once.
   */
  async of(userIds: string[]): Promise<Map<string, Presence>> {
    if (userIds.length === 0) return new Map();
    for (const id of userIds) this.#asked.add(id);
    this.#answer ??= this.#readAsked();
    const presences = await this.#answer;
    return new Map(
      userIds.flatMap((id) => {
        const presence = presences.get(id);
        return presence ? [[id, presence]] : [];
      }),
    );
  }

  /** Calls `listener` when one of these people comes or goes. Returns what ends it. */
  watch(userIds: string[], listener: Listener): () => void {
    for (const id of userIds) {
      const listeners = this.#listeners.get(id) ?? new Set();
      this.#listeners.set(id, listeners.add(listener));
    }
    return () => {
      for (const id of userIds) {
        const listeners = this.#listeners.get(id);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(id);
      }
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const timer of this.#lingering.values()) clearTimeout(timer);
    (await this.#subscribed)();
    await this.#leave([...this.#here.keys()]);
  }

  async #leave(userIds: string[]): Promise<void> {
    for (const id of userIds) {
      this.#here.delete(id);
      this.#lingering.delete(id);
    }
    await this.#try(this.#backplane.presence.leave(userIds));
    await this.#try(this.#saw(userIds));
    for (const userId of userIds) this.#announce({ userId, online: false });
  }

  async #beat(): Promise<void> {
    const here = [...this.#here.keys()];
    await this.#try(this.#backplane.presence.beat(here, ttlSeconds));
    await this.#try(this.#saw(here));
    const watched = [...this.#listeners.keys()];
    const online = await this.#onlineOf(watched);
    const before = this.#online;
    this.#online = online;
    for (const id of watched) if (online.has(id) !== before.has(id)) this.#call(id);
  }

  async #readAsked(): Promise<Map<string, Presence>> {
    await nextTurn();
    const userIds = [...this.#asked];
    this.#asked = new Set();
    this.#answer = null;
    const [online, rows] = await Promise.all([
      this.#onlineOf(userIds),
      this.#db.$queryRaw<{ id: string; lastSeenAt: Date }[]>`
        SELECT "id", "lastSeenAt" FROM "User"
        WHERE "id" = ANY(${userIds}::uuid[]) AND "deletedAt" IS NULL AND "sharesPresence"`,
    ]);
    return new Map(rows.map(({ id, lastSeenAt }) => [id, { online: online.has(id), lastSeenAt }]));
  }

  async #onlineOf(userIds: string[]): Promise<Set<string>> {
    const online = await this.#backplane.presence.online(userIds).catch(() => new Set<string>());
    for (const id of userIds) if (this.#here.has(id)) online.add(id);
    return online;
  }

  async #saw(userIds: string[]): Promise<void> {
    if (userIds.length === 0) return;
    await this.#db.user.updateMany({
      where: { id: { in: userIds }, deletedAt: null },
      data: { lastSeenAt: new Date() },
    });
  }

  #announce(event: PresenceEvent): void {
    void this.#try(this.#backplane.publish(presenceChannel, encodeEvent(event)));
  }

  #tell({ userId, online }: PresenceEvent): void {
    if (online) this.#online.add(userId);
    else this.#online.delete(userId);
    this.#call(userId);
  }

  #call(userId: string): void {
    for (const listener of [...(this.#listeners.get(userId) ?? [])]) listener(userId);
  }

  /** Presence is never worth an error: the next beat heals it. */
  async #try(work: Promise<unknown>): Promise<void> {
    await work.catch((error) =>
      this.#log.debug({ err: error }, "presence not updated; the next beat heals it"),
    );
  }
}

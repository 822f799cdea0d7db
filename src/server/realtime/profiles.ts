import { toUser, userSelect } from "~/server/auth/access";
import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { whoKnow } from "~/server/rooms/access";
import type { User } from "~/shared/users";
import type { Backplane } from "./backplane";
import { profilesChannel } from "./channels";

/** How long a lost announcement goes unnoticed. */
const lookEveryMs = 2_000;
/** How far back is looked: by far longer than a change takes to be committed, and than the nodes' clocks disagree. */
const windowMs = 60_000;

type Listener = (user: User) => void;

/**
 * Tells people on this node whenever somebody who is or was in a room of theirs, or they themselves, look different: another
 * name, another picture, a deleted account. An announcement says only that there is something to see; what it is stands
 * in the database, where every node looks by itself as well.
 */
export class ProfileHub {
  readonly #db: Db;
  readonly #backplane: Backplane;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #subscribed: Promise<() => void>;
  readonly #timer: NodeJS.Timeout;
  /** The profiles of the last look, by the rev that was told. */
  #told = new Map<string, number>();
  #looking: Promise<void> | null = null;
  /** Something was announced since the look under way began. */
  #behind = false;

  constructor(db: Db, backplane: Backplane, log: Log) {
    this.#db = db;
    this.#backplane = backplane;
    this.#log = log;
    this.#subscribed = backplane.subscribe(profilesChannel, () => this.#look());
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** Has every node look. Call it after the commit. */
  announce(): void {
    this.#backplane
      .publish(profilesChannel, "")
      .catch((error) => this.#log.debug({ err: error }, "announcement lost; the next look will find it"));
  }

  /** Calls `listener` with every profile that changes for this person to see. Returns what ends it. */
  listen(userId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(userId) ?? new Set();
    this.#listeners.set(userId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(userId) === listeners) this.#listeners.delete(userId);
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    (await this.#subscribed)();
    await this.#looking;
  }

  #look(): void {
    this.#behind = true;
    this.#looking ??= this.#tellChanges();
  }

  async #tellChanges(): Promise<void> {
    await Promise.resolve(); // so that #looking is set, and what is announced in the same turn comes along
    while (this.#behind && this.#listeners.size > 0) {
      this.#behind = false;
      await this.#tellOnce().catch((error) =>
        this.#log.warn({ err: error }, "profiles not read; tried again shortly"),
      );
    }
    this.#looking = null;
  }

  async #tellOnce(): Promise<void> {
    const rows = await this.#db.user.findMany({
      where: { profileChangedAt: { gt: new Date(Date.now() - windowMs) } },
      select: userSelect,
    });
    const fresh = rows.filter((row) => this.#told.get(row.id) !== row.profileRev).map(toUser);
    const viewers = await whoKnow(
      this.#db,
      fresh.map(({ id }) => id),
      [...this.#listeners.keys()],
    );
    for (const user of fresh) {
      for (const viewerId of viewers.get(user.id) ?? []) this.#tell(viewerId, user);
    }
    this.#told = new Map(rows.map((row) => [row.id, row.profileRev]));
  }

  #tell(viewerId: string, user: User): void {
    for (const listener of [...(this.#listeners.get(viewerId) ?? [])]) listener(user);
  }
}

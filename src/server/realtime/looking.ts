import type { Log } from "~/server/infra/log";
import type { Backplane } from "./backplane";

/** A node beats for the people it serves; of one that died without a word nobody looks any more when its beats run out. */
const beatEverySeconds = 10;
const ttlSeconds = 25;

const keyOf = (userId: string): string => `looking:${userId}`;

/** Who has a page of ours before their eyes, on any device and over all nodes. */
export class Looking {
  readonly #backplane: Backplane;
  readonly #log: Log;
  /** User id → pages here that are looked at. */
  readonly #here = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(backplane: Backplane, log: Log) {
    this.#backplane = backplane;
    this.#log = log;
    this.#timer = setInterval(() => this.#beat([...this.#here.keys()]), beatEverySeconds * 1000).unref();
  }

  /** Somebody begins to look at a page. Returns what to call when they look away. */
  begin(userId: string): () => void {
    const pages = this.#here.get(userId) ?? 0;
    this.#here.set(userId, pages + 1);
    if (pages === 0) this.#beat([userId]);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const rest = (this.#here.get(userId) ?? 1) - 1;
      if (rest > 0) this.#here.set(userId, rest);
      else {
        this.#here.delete(userId);
        this.#try(this.#backplane.presence.leave([keyOf(userId)]));
      }
    };
  }

  /** Which of these people are looking. While the backplane is away, as far as this node knows. */
  async among(userIds: string[]): Promise<Set<string>> {
    const elsewhere = await this.#backplane.presence
      .online(userIds.map(keyOf))
      .catch(() => new Set<string>());
    return new Set(userIds.filter((id) => this.#here.has(id) || elsewhere.has(keyOf(id))));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#try(this.#backplane.presence.leave([...this.#here.keys()].map(keyOf)));
  }

  #beat(userIds: string[]): void {
    this.#try(this.#backplane.presence.beat(userIds.map(keyOf), ttlSeconds));
  }

  #try(work: Promise<void>): void {
    work.catch((error) => this.#log.debug({ err: error }, "not told who looks; the next beat heals it"));
  }
}

import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { eraseMessages } from "~/server/messages/access";
import type { RoomWatch } from "~/server/realtime/room-watch";

/** How long what a node left undone that ended waits for another one. */
const everyMs = 60_000;

/**
 * Erases what deleted accounts wrote, where their people wanted that: in the background, since it can be a lot. What is to be
 * done stands in the database, so that it is done whatever ends meanwhile; two nodes that do the same do no harm.
 */
export class Eraser {
  readonly #db: Db;
  readonly #rooms: RoomWatch;
  readonly #log: Log;
  readonly #closed = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #erasing: Promise<void> | null = null;

  constructor(db: Db, rooms: RoomWatch, log: Log) {
    this.#db = db;
    this.#rooms = rooms;
    this.#log = log;
    this.#timer = setInterval(() => this.wake(), everyMs).unref();
  }

  /** Has it begin now, unless it is at it. */
  wake(): void {
    this.#erasing ??= this.#eraseAll()
      .catch((error) => {
        if (!this.#closed.signal.aborted)
          this.#log.warn({ err: error }, "not erased yet; tried again shortly");
      })
      .finally(() => {
        this.#erasing = null;
      });
  }

  /** Resolves once it has stopped, at the end of a page. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closed.abort();
    await this.#erasing;
  }

  async #eraseAll(): Promise<void> {
    const parts = { db: this.#db, rooms: this.#rooms };
    for (;;) {
      const erasure = await this.#db.erasure.findFirst({ orderBy: { createdAt: "asc" } });
      if (!erasure) return;
      const { userId } = erasure;
      await eraseMessages(parts, userId, this.#closed.signal);
      await this.#db.erasure.deleteMany({ where: { userId } });
    }
  }
}

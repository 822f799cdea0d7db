import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { type Db, isUnavailable } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { pushes } from "~/server/infra/metrics";
import type { Looking } from "~/server/realtime/looking";
import type { Message } from "~/shared/messages";
import type { PushPayload } from "~/shared/notifications";
import { type Called, readCalled } from "./called";
import { toPayload } from "./payload";
import type { Push } from "./push";

const limits = {
  /** Messages that come together in a room make one call. By then one has also read what one was about to read. */
  gatherMs: 1_000,
  /** Messages that wait to be told of; of more, the oldest call nobody. */
  waiting: 500,
  /** Calls under way at a time, and how many may wait for their turn. */
  concurrent: 100,
  queued: 5_000,
  /** A node that stops waits no longer. */
  closeMs: 2_000,
};

/**
 * Calls the browsers of those who look at no page of ours, for messages that this node has stored: no other node does. Nobody waits
 * for it, nothing fails with it; a call that is lost was one sound less.
 */
export class Notifier {
  readonly #db: Db;
  readonly #log: Log;
  readonly #looking: Looking;
  readonly #push: Push;
  readonly #turns = pLimit(limits.concurrent);
  readonly #underWay = new Set<Promise<void>>();
  #waiting: Message[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: { db: Db; log: Log; looking: Looking; push: Push }) {
    this.#db = parts.db;
    this.#log = parts.log;
    this.#looking = parts.looking;
    this.#push = parts.push;
  }

  /** Tells of new messages that every member may see. */
  tell(messages: readonly Message[]): void {
    const calling = messages.filter(({ notice }) => notice === null);
    if (calling.length === 0) return;
    this.#waiting = [...this.#waiting, ...calling].slice(-limits.waiting);
    this.#timer ??= setTimeout(() => void this.flush(), limits.gatherMs).unref();
  }

  /** Calls whom it has to, now. Resolves when every call under way has ended. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const messages = this.#waiting;
    this.#waiting = [];
    const calling = this.#callAll(messages).catch((error) => {
      if (isUnavailable(error)) this.#log.debug({ err: error }, "nobody was called; the database is away");
      else this.#log.error({ err: error }, "nobody was called");
    });
    this.#underWay.add(calling);
    await calling;
    this.#underWay.delete(calling);
    await Promise.all(this.#underWay);
  }

  /** Calls whom it has to, as far as there is time. */
  async close(): Promise<void> {
    await Promise.race([this.flush(), sleep(limits.closeMs, undefined, { ref: false })]);
  }

  async #callAll(messages: Message[]): Promise<void> {
    if (messages.length === 0) return;
    const called = await readCalled(this.#db, messages);
    const looking = await this.#looking.among([...new Set(called.map(({ userId }) => userId))]);
    const byKey = new Map(messages.map((message) => [`${message.roomId}:${message.seq}`, message]));
    await Promise.all(
      called.map(async (one) => {
        const message = byKey.get(`${one.roomId}:${one.seq}`);
        if (!message || looking.has(one.userId)) return;
        if (this.#turns.pendingCount >= limits.queued) pushes.inc({ outcome: "dropped" });
        else await this.#turns(() => this.#call(one, toPayload(message, one)));
      }),
    );
  }

  async #call(called: Called, payload: PushPayload): Promise<void> {
    const outcome = await this.#push.send(called, payload);
    pushes.inc({ outcome });
    if (outcome !== "gone") return;
    const { sessionId, endpoint } = called;
    // Unless it has subscribed anew meanwhile.
    await this.#db.pushSubscription.deleteMany({ where: { sessionId, endpoint } });
  }
}

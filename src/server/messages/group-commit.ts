import type { SpanContext } from "@opentelemetry/api";
import { spanHere, withSpan } from "~/server/infra/traces";
import { AppError } from "~/shared/errors";

const limits = {
  /** Rows of one transaction: past this a longer statement gains nothing. */
  batch: 500,
  /** Waiting at most; more would only wait for a database that does not keep up. The client tries again. */
  queue: 10_000,
  /** An answer is due by then, though the database hangs. */
  answerMs: 2_800,
};

interface Pending<I, R> {
  item: I;
  /** Whose trace waits for it. */
  span: SpanContext | undefined;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** A result for each item, or what was wrong with it alone. */
export type BatchResult<R> = { ok: R } | { error: unknown };

/**
 * Group commit: what arrives while a commit is under way waits for the next one and shares it, so that the number of
 * commits follows the database's speed and not the number of senders. (An old idea of databases' own logs: DeWitt et
 * al., "Implementation Techniques for Main Memory Database Systems", 1984.)
 */
export class GroupCommit<I, R> {
  readonly #commit: (items: I[]) => Promise<BatchResult<R>[]>;
  /** Errors after which the same items one by one would fare no better. */
  readonly #isHopeless: (error: unknown) => boolean;
  #queue: Pending<I, R>[] = [];
  #running: Promise<void> | null = null;
  /** Batches committed since the start: items per commit tell how much was shared. */
  commits = 0;

  constructor(commit: (items: I[]) => Promise<BatchResult<R>[]>, isHopeless: (error: unknown) => boolean) {
    this.#commit = commit;
    this.#isHopeless = isHopeless;
  }

  /**
   * Resolves once the item is committed. An answer that is not there in time is `UNAVAILABLE`: the item may still be
   * committed, which is why it must be harmless to submit it again.
   */
  submit(item: I): Promise<R> {
    if (this.#queue.length >= limits.queue) return Promise.reject(new AppError("UNAVAILABLE"));
    return new Promise<R>((resolve, reject) => {
      const timer = setTimeout(() => reject(new AppError("UNAVAILABLE")), limits.answerMs);
      this.#queue.push({
        item,
        span: spanHere(),
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#running ??= this.#run();
    });
  }

  /** How many wait for the next commit. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Resolves once everything submitted so far has been answered. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // whoever submits in the same turn comes along
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, limits.batch);
      await this.#settle(batch);
    }
    this.#running = null;
  }

  async #settle(batch: Pending<I, R>[]): Promise<void> {
    try {
      // A trace of its own, as it is nobody's alone, tied to the traces of who waits for it.
      const links = batch.flatMap(({ span }) => (span ? [{ context: span }] : []));
      const results = await withSpan("commit", { root: true, links }, () =>
        this.#commit(batch.map(({ item }) => item)),
      );
      this.commits += 1;
      batch.forEach((pending, index) => {
        const result = results[index];
        if (result && "ok" in result) pending.resolve(result.ok);
        else pending.reject(result?.error ?? new Error("the batch answered fewer items than it was given"));
      });
    } catch (error) {
      if (batch.length === 1 || this.#isHopeless(error)) {
        for (const pending of batch) pending.reject(error);
        return;
      }
      // One of them spoils the batch: alone, it fails alone.
      for (const pending of batch) await this.#settle([pending]);
    }
  }
}

import { Signal } from "./signal";

/** Where a reader's events go. */
export interface Sink<T> {
  /**
   * Takes events, in order, now. Readers who are given the same events are given the very same array, so that what is
   * made of it can be made once for all of them.
   */
  take: (events: readonly T[]) => void;
  /** Whether the reader's connection has more waiting than it should. */
  isFull: () => boolean;
  /** Resolves when it is full no longer, or the signal ends the wait. */
  drained: (signal: AbortSignal) => Promise<void>;
}

/** Gives a sink its events until the signal ends it. Rejects when the right to them has ended. */
type Run<T> = (sink: Sink<T>, signal: AbortSignal) => Promise<void>;

/**
 * The stream of a subscription, which pushes: an event for a thousand readers is a thousand calls of `take` and not one
 * promise. A door that knows how calls `run`; to everybody else it is an async iterable like any stream of tRPC's.
 */
export class Live<T> implements AsyncIterable<T> {
  readonly run: Run<T>;
  readonly #signal: AbortSignal | undefined;

  /** @param signal ends the iteration, for those who iterate */
  constructor(run: Run<T>, signal: AbortSignal | undefined) {
    this.run = run;
    this.#signal = signal;
  }

  /** The same stream, failing with what `toError` makes of the error. */
  failingWith(toError: (error: unknown) => Error): Live<T> {
    const run: Run<T> = async (sink, signal) => {
      try {
        await this.run(sink, signal);
      } catch (error) {
        throw toError(error);
      }
    };
    return new Live(run, this.#signal);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    const left = new AbortController();
    const signal = this.#signal ? AbortSignal.any([this.#signal, left.signal]) : left.signal;
    const arrived = new Signal();
    const wanted = new Signal();
    let waiting: T[] = [];
    let isOver = false;
    const sink: Sink<T> = {
      take: (events) => {
        waiting.push(...events);
        arrived.raise();
      },
      isFull: () => waiting.length > 0,
      drained: (ended) => wanted.wait(ended),
    };
    const end = () => {
      isOver = true;
      arrived.raise();
    };
    const over = this.run(sink, signal);
    over.then(end, end);
    try {
      while (!isOver && !signal.aborted) {
        await arrived.wait(signal);
        while (waiting.length > 0) {
          const events = waiting;
          waiting = [];
          wanted.raise();
          yield* events;
        }
      }
      await over;
    } finally {
      left.abort();
    }
  }
}

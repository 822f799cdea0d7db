/** Long enough not to hammer a server in trouble, short enough that nobody wonders. Milliseconds. */
const backoff = { first: 500, most: 15_000 };

/**
 * How long to wait after `attempt` failures in a row (0 for the first), in milliseconds: a growing time, half of it
 * random, so that clients that failed together do not come back together.
 */
export const backoffMs = (attempt: number): number => {
  const longest = Math.min(backoff.most, backoff.first * 2 ** attempt);
  return longest / 2 + (Math.random() * longest) / 2;
};

/** A wait that can be cut short, as when the connection is back. */
export class Pause {
  #end: (() => void) | null = null;

  /** Resolves after `ms`, or when {@link cut} is called. One wait at a time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#end = end;
    });
  }

  cut(): void {
    this.#end?.();
  }
}

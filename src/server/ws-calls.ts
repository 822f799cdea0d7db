/** What one tRPC socket may ask for. Past it the socket is closed: no client of ours comes near. */
export const callLimits = {
  /** Open at a time. A page has two. */
  subscriptions: 100,
  /** Calls in one frame. tRPC's client asks for all its subscriptions in one when it comes back. */
  perFrame: 100,
  /** Calls at once, and how many of them come back each second. */
  burst: 1_000,
  perSecond: 200,
};

/** What one socket may still ask for. */
export class CallBudget {
  #left = callLimits.burst;
  #countedAt = performance.now();

  /** Whether there was enough left for these calls. */
  pay(calls: number): boolean {
    const now = performance.now();
    const earned = ((now - this.#countedAt) / 1000) * callLimits.perSecond;
    this.#left = Math.min(callLimits.burst, this.#left + earned) - calls;
    this.#countedAt = now;
    return this.#left >= 0;
  }
}

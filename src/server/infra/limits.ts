import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Backplane, Limit } from "~/server/realtime/backplane";
import { limitsHit } from "./metrics";

/** What to ask about a limit now. */
type Choose = () => RateLimiterAbstract;

/**
 * The backplane's limits on top of rate-limiter-flexible: `create` makes a named limit's limiters when it is first asked
 * for, and returns what chooses between them.
 */
export const createLimits = (create: (limit: Limit) => Choose): Backplane["limits"] => {
  const chooses = new Map<string, Choose>();
  const limiterOf = (limit: Limit): RateLimiterAbstract => {
    const choose = chooses.get(limit.name) ?? create(limit);
    chooses.set(limit.name, choose);
    return choose();
  };

  return {
    take: async (limit, key, cost = 1) => {
      try {
        await limiterOf(limit).consume(key, cost);
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        limitsHit.inc({ limit: limit.name });
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      }
    },
    reset: async (limit, key) => {
      await limiterOf(limit).delete(key);
    },
  };
};

/** Budgets of this process alone. */
export const createMemoryLimits = (): Backplane["limits"] =>
  createLimits(({ name, points, seconds }) => {
    const limiter = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    return () => limiter;
  });

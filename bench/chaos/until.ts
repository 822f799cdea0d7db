import { setTimeout as sleep } from "node:timers/promises";

/**
 * Resolves, once `condition` holds, to the milliseconds that took.
 *
 * @throws Error naming `what` if it does not hold within `ms`
 */
export const until = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  ms = 20_000,
): Promise<number> => {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > ms) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(20);
  }
  return performance.now() - began;
};

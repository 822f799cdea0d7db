import { setTimeout as sleep } from "node:timers/promises";
import { isUnavailable } from "~/server/infra/db";

const retryMs = 500;

/**
 * Runs `work` again for as long as the database is away: a stream that is open stays open and goes on when it is back.
 * Every other error is thrown, and so is the last one when `signal` ends it.
 */
export const untilAvailable = async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || signal?.aborted) throw error;
      await sleep(retryMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
    }
  }
};

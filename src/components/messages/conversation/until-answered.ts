import { failureOf } from "../outbox/failure";
import { backoffMs, type Pause } from "../outbox/pause";

interface Patience {
  /** Whether somebody still waits for it. */
  wanted: () => boolean;
  report: (progress: "loading" | "stalled") => void;
  pause: Pause;
  /** There is something else to show: one try, then. */
  once: boolean;
}

/**
 * Asks until there is an answer. Resolves to null when nobody wants it any more, or after one try if it was to be one.
 *
 * @throws the server's refusal
 */
export const untilAnswered = async <T>(
  ask: () => Promise<T>,
  { wanted, report, pause, once }: Patience,
): Promise<T | null> => {
  for (let failures = 0; wanted(); failures++) {
    report("loading");
    try {
      return await ask();
    } catch (error) {
      if (!failureOf(error).temporary) throw error;
      if (once) return null;
      report("stalled");
      await pause.wait(backoffMs(failures));
    }
  }
  return null;
};

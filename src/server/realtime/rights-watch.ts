import { findSessionEnd } from "~/server/auth/access";
import type { SignedInContext } from "~/server/trpc/context";
import { AppError } from "~/shared/errors";
import { untilAvailable } from "./retry";

/** What a timer can wait for: past 2³¹ ms it would fire at once. */
const longestWaitMs = 24 * 60 * 60 * 1000;

/**
 * Checks that a session stands and that `stillAllowed` does not throw: now, after every change of the person's rights,
 * and when the session is due to expire. The first check is waited for and rejects as it fails; what a later one fails
 * with is given to `onEnd`.
 *
 * @returns what ends the watching
 * @throws AppError `NOT_SIGNED_IN` once the session has ended; whatever `stillAllowed` throws
 */
export const watchRights = async (
  { runtime, user, sessionId }: Pick<SignedInContext, "runtime" | "user" | "sessionId">,
  signal: AbortSignal,
  { stillAllowed, onEnd }: { stillAllowed?: () => Promise<unknown>; onEnd: (reason: unknown) => void },
): Promise<() => void> => {
  let expiry: NodeJS.Timeout | undefined;
  let stopped = false;
  const check = async () => {
    const end = await findSessionEnd(runtime.db, sessionId);
    if (!end) throw new AppError("NOT_SIGNED_IN");
    clearTimeout(expiry);
    // Its use moves the end on: when the time has come, it is asked for again.
    const waitMs = Math.min(end.getTime() - Date.now() + 1, longestWaitMs);
    if (!stopped) expiry = setTimeout(recheck, waitMs).unref();
    await stillAllowed?.();
  };
  const recheck = () => {
    untilAvailable(check, signal).catch(onEnd);
  };
  const stopWatching = await untilAvailable(() => runtime.accounts.watch(user.id, recheck), signal);
  const stop = () => {
    stopped = true;
    clearTimeout(expiry);
    stopWatching();
  };
  try {
    await untilAvailable(check, signal);
    return stop;
  } catch (error) {
    stop();
    throw error;
  }
};

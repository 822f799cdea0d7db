/**
 * The threat: a stream is authorised when it opens, and lives for hours. Somebody who signs out, whose session is
 * revoked or expires, or who is taken out of a room must not go on listening.
 */
import type { SignedInContext } from "~/server/trpc/context";
import { watchRights } from "./rights-watch";

/**
 * Runs `work` until the client leaves or the right to it ends. `stillAllowed` is asked first, and again after every
 * change of the listener's rights; it throws when they are gone, and so does this.
 *
 * @throws AppError `NOT_SIGNED_IN` once the session has ended; whatever `stillAllowed` throws.
 */
export const whileAllowed = async (
  context: SignedInContext,
  clientSignal: AbortSignal,
  stillAllowed: () => Promise<unknown>,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const ended = new AbortController();
  const leave = () => ended.abort();
  if (clientSignal.aborted) leave();
  clientSignal.addEventListener("abort", leave);
  const onEnd = (reason: unknown) => ended.abort(reason);
  let stopWatching = () => {};
  try {
    stopWatching = await watchRights(context, ended.signal, { stillAllowed, onEnd });
    await work(ended.signal);
    if (ended.signal.aborted && !clientSignal.aborted) throw ended.signal.reason;
  } finally {
    stopWatching();
    clientSignal.removeEventListener("abort", leave);
    // Whatever of the stream still waits, waits no longer.
    ended.abort();
  }
};

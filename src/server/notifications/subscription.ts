import type { z } from "zod";
import { whileAllowed } from "~/server/realtime/guard";
import { Live } from "~/server/realtime/live";
import { untilAvailable } from "~/server/realtime/retry";
import { Signal } from "~/server/realtime/signal";
import type { SignedInContext } from "~/server/trpc/context";
import type { DoNotDisturb, onAttentionInput } from "~/shared/notifications";
import { getDoNotDisturb } from "./service";

/**
 * Until when this person is not to be disturbed: first, and whenever their account changes. While it lasts, and somebody looks at
 * the page that listens, no browser of theirs is called.
 */
export const streamAttention = (
  context: SignedInContext,
  { looking: looks }: z.infer<typeof onAttentionInput>,
  clientSignal: AbortSignal | undefined,
): Live<DoNotDisturb> => {
  const { runtime, user } = context;
  const allowed = async () => {};
  return new Live(
    (sink, left) =>
      whileAllowed(context, left, allowed, async (signal) => {
        const changed = new Signal();
        changed.raise();
        const lookAway = looks ? runtime.looking.begin(user.id) : () => {};
        const stopWatching = await runtime.accounts.watch(user.id, () => changed.raise());
        try {
          for (await changed.wait(signal); !signal.aborted; await changed.wait(signal)) {
            sink.take([await untilAvailable(() => getDoNotDisturb(runtime, user), signal)]);
          }
        } finally {
          stopWatching();
          lookAway();
        }
      }),
    clientSignal,
  );
};

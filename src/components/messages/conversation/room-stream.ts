import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";
import type { ErrorReason } from "~/shared/errors";
import type { Message } from "~/shared/messages";
import { failureOf } from "../outbox/failure";
import { backoffMs } from "../outbox/pause";

interface RoomListener {
  /** The change number to go on from, asked for at each new start. */
  rev: () => number;
  onChange: (message: Message) => void;
  /** The socket is open, again perhaps. */
  onConnected: () => void;
  /** The server will not let us listen. Final. */
  onRefused: (reason: ErrorReason | null) => void;
}

/**
 * Listens to a room's changes. A lost connection is tRPC's to resume, from the last change received; a stream that
 * ends or fails for a passing cause is started anew here. Returns what stops it.
 */
export const streamRoom = (
  client: TRPCClient<AppRouter>,
  roomId: string,
  { rev, onChange, onConnected, onRefused }: RoomListener,
): (() => void) => {
  let stopped = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};

  const start = (): void => {
    let over = false;
    const startAgain = (): void => {
      if (over || stopped) return;
      over = true;
      timer = setTimeout(start, backoffMs(failures));
      failures += 1;
    };
    const subscription = client.messages.onMessage.subscribe(
      { roomId, lastEventId: String(rev()) },
      {
        onStarted: () => {
          failures = 0;
        },
        onConnectionStateChange: ({ state }) => {
          if (state === "pending") onConnected();
        },
        onData: ({ data }) => onChange(data),
        onComplete: startAgain,
        onError: (error) => {
          const { temporary, reason } = failureOf(error);
          if (temporary) return startAgain();
          over = true;
          if (!stopped) onRefused(reason);
        },
      },
    );
    stop = () => subscription.unsubscribe();
  };

  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop();
  };
};

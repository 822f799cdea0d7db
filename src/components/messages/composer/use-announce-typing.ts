import { useMemo } from "react";
import { typingSeconds } from "~/shared/limits";
import { trpc } from "~/trpc/react";

/** Twice while one saying of it counts. Milliseconds. */
const sayEvery = typingSeconds * 500;

/** Tells the room that one is writing: `announce` with every change, `stop` once it is sent. */
export const useAnnounceTyping = (roomId: string) => {
  const { client } = trpc.useUtils();
  return useMemo(() => {
    let saidAt = 0;
    return {
      announce: (): void => {
        if (Date.now() - saidAt < sayEvery) return;
        saidAt = Date.now();
        // Said again with the next change, and not worth a word if it is not heard.
        client.rooms.typing.mutate({ roomId }).catch(() => undefined);
      },
      stop: (): void => {
        saidAt = 0;
      },
    };
  }, [client, roomId]);
};

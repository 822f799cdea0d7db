import { useEffect, useEffectEvent, useState } from "react";
import type { Message } from "~/shared/messages";
import { trpc } from "~/trpc/react";
import { streamRoom } from "../conversation/room-stream";

/**
 * The room's messages that changed since `rev`, each as it is by now: new ones, edited, deleted. Only those that `matter` are
 * kept, and those that are gone. None while `rev` is not known.
 */
export const useChangedMessages = (
  roomId: string,
  rev: number | undefined,
  matter: (message: Message) => boolean,
): readonly Message[] => {
  const { client } = trpc.useUtils();
  const [changed, setChanged] = useState<readonly Message[]>([]);
  const known = rev !== undefined;
  const firstRev = useEffectEvent(() => rev ?? 0);
  const onChange = useEffectEvent((message: Message) => {
    if (!message.deletedAt && !message.hidden && !matter(message)) return;
    setChanged((others) => [...others.filter(({ seq }) => seq !== message.seq), message]);
  });
  useEffect(() => {
    if (!known) return;
    let last = firstRev();
    return streamRoom(client, roomId, {
      rev: () => last,
      onChange: (message) => {
        last = Math.max(last, message.rev);
        onChange(message);
      },
      onConnected: () => undefined,
      // The conversation beside says so.
      onRefused: () => undefined,
    });
  }, [client, roomId, known]);
  return changed;
};

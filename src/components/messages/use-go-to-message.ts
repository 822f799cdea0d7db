import type { User } from "~/shared/users";
import { useMessenger } from "./conversation/messenger";

/** Where there is room for a panel beside the timeline (Tailwind's `lg`). */
const isBeside = (): boolean => window.matchMedia("(min-width: 64rem)").matches;

/**
 * Leads from a panel beside a room's timeline to a message in it.
 *
 * @param leave called where the panel covers the timeline: leave it for this message
 */
export const useGoToMessage = (
  roomId: string,
  me: User,
  leave: (seq: number) => void,
): ((seq: number) => void) => {
  const messenger = useMessenger(me);
  return (seq) => {
    if (isBeside()) void messenger.conversation(roomId).showAt(seq);
    else leave(seq);
  };
};

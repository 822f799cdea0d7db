import { useMessenger } from "~/components/messages/conversation/messenger";
import { navigate } from "~/components/ui/soft-navigation";
import type { Message } from "~/shared/messages";
import { roomHref } from "~/shared/room-href";
import type { User } from "~/shared/users";

/** Leads to a message that was found, in its place in the timeline. */
export const useGoToFound = (me: User): ((message: Message) => void) => {
  const messenger = useMessenger(me);
  return ({ roomId, seq }) => {
    const href = `${roomHref(roomId)}?m=${seq}`;
    const { pathname, search } = window.location;
    // The address may lead there already, and the timeline be elsewhere since.
    if (href === pathname + search) void messenger.conversation(roomId).showAt(seq);
    else navigate(href);
  };
};

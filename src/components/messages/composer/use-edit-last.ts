import { useEffect, useRef } from "react";
import type { User } from "~/shared/users";
import type { Conversation } from "../conversation/conversation";
import { canEdit } from "../message/message-rights";
import type { Outbox } from "../outbox/outbox";
import type { Composing } from "./composing";

interface Scene {
  me: User;
  conversation: Conversation;
  outbox: Outbox;
  composing: Composing;
}

/**
 * Corrects the last message of one's own; returns whether there is one. One that is still on its way is corrected once it
 * has arrived, unless something else is written until then.
 */
export const useEditLast = ({ me, conversation, outbox, composing }: Scene): (() => boolean) => {
  const wanted = useRef<string>(undefined);
  const { messages } = conversation.getState().window;
  const { aim, text, edit } = composing;

  useEffect(() => {
    if (text !== "" || aim.type !== "message") wanted.current = undefined;
    const arrived = wanted.current && messages.findLast(({ clientId }) => clientId === wanted.current);
    if (!arrived) return;
    wanted.current = undefined;
    edit(arrived.seq, arrived.body);
  }, [messages, aim, text, edit]);

  return () => {
    const underway = outbox.entries(conversation.roomId).findLast(({ state }) => state === "waiting");
    wanted.current = underway?.clientId;
    if (underway) return true;
    const last = messages.findLast((message) => canEdit(message, me));
    if (last) edit(last.seq, last.body);
    return last !== undefined;
  };
};

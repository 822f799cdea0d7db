import { useEffect, useSyncExternalStore } from "react";
import type { Message } from "~/shared/messages";
import type { Conversation } from "./conversation";

/** A message by its seq, live, wherever the window is; undefined while it is fetched, null if there is none. */
export const useMessageAt = (conversation: Conversation, seq: number): Message | null | undefined => {
  const read = () => conversation.messageAt(seq);
  const message = useSyncExternalStore(conversation.subscribe, read, read);
  const isReady = () => conversation.getState().phase === "ready";
  const ready = useSyncExternalStore(conversation.subscribe, isReady, isReady);
  useEffect(() => {
    if (ready && message === undefined) void conversation.lookUp(seq);
  }, [conversation, seq, ready, message]);
  return message;
};

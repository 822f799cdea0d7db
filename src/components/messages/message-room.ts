import { createContext, use } from "react";
import type { Message } from "~/shared/messages";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import type { Conversation } from "./conversation/conversation";
import type { Overlay } from "./message/overlay";
import type { Outgoing } from "./outbox/outbox";

/** What one can do with a message. */
export interface MessageActions {
  resend: (outgoing: Outgoing) => void;
  discard: (outgoing: Outgoing) => void;
  /** Answers it in the composer, with a quote. */
  reply: (message: Message) => void;
  /** Corrects it in the composer. */
  edit: (message: Message) => void;
  /** Puts one's reaction under it, or takes it back if it is there. */
  react: (message: Message, emoji: string) => void;
  /** Deletes it for everybody. */
  remove: (message: Message) => void;
  /** Deletes it for oneself alone; for a moment one can have it back. */
  hide: (message: Message) => void;
  /** Has it, and what comes after it, be unread again. */
  markUnread: (message: Message) => void;
  copyText: (message: Message) => void;
  copyLink: (message: Message) => void;
  /** Opens what floats beside a message: its menu, the reactions to pick from … */
  open: (overlay: Overlay) => void;
}

/** What every part of a timeline may need to know of its room. It changes seldom, unlike the room's summary. */
export interface MessageRoom {
  readonly id: string;
  readonly kind: RoomSummary["kind"];
  /** Who the other one of a 1:1 room is. */
  readonly peerName: string | undefined;
  /** Whether one can write here, and answer and react; otherwise it can only be read. */
  readonly isOpen: boolean;
  /** Whether one administers this group. */
  readonly isAdmin: boolean;
  readonly me: User;
  readonly conversation: Conversation;
  readonly actions: MessageActions;
}

export const MessageRoomContext = createContext<MessageRoom | null>(null);

export const useMessageRoom = (): MessageRoom => {
  const room = use(MessageRoomContext);
  if (!room) throw new Error("useMessageRoom is called outside of a timeline");
  return room;
};

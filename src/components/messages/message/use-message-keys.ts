import type { KeyboardEvent } from "react";
import type { Message } from "~/shared/messages";
import { useMessageRoom } from "../message-room";
import type { Row } from "../timeline/rows";
import { canDelete, canEdit, canMarkUnread, hasMenu, isLive } from "./message-rights";
import { type Overlay, overlayAt } from "./overlay";

/**
 * What the keys do on the message that has the focus: R answers, E corrects, + reacts, C copies, U marks as
 * unread; with tombstones too, Delete deletes and Enter opens the menu.
 */
export const useMessageKeys = (): ((event: KeyboardEvent<HTMLElement>, row: Row) => void) => {
  const { me, isOpen, isAdmin, actions } = useMessageRoom();

  const actionFor = (event: KeyboardEvent<HTMLElement>, message: Message): (() => void) | undefined => {
    const text = event.currentTarget.querySelector('[id$="-text"]') ?? event.currentTarget;
    const open = (kind: Overlay["kind"]) => () => actions.open(overlayAt(kind, message, text));
    switch (event.key) {
      case "Delete":
        return canDelete(message, me, isAdmin) ? open("delete") : () => actions.hide(message);
      case "Enter":
      case "ContextMenu":
        return open("menu");
      case "F10":
        return event.shiftKey ? open("menu") : undefined;
    }
    if (!isLive(message)) return undefined;
    switch (event.key) {
      case "r":
      case "R":
        return isOpen ? () => actions.reply(message) : undefined;
      case "e":
      case "E":
        return isOpen && canEdit(message, me) ? () => actions.edit(message) : undefined;
      case "c":
      case "C":
        return () => actions.copyText(message);
      case "u":
      case "U":
        return canMarkUnread(message, me) ? () => actions.markUnread(message) : undefined;
      case "+":
        return isOpen ? open("reactions") : undefined;
    }
    return undefined;
  };

  return (event, { message }) => {
    // Its links and buttons have keys of their own.
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = message && hasMenu(message) ? actionFor(event, message) : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  };
};

import type { KeyboardEvent, RefObject } from "react";

/**
 * The keys that lead from a room's composer to its timeline and back: the page keys scroll while one writes, the up
 * arrow goes to the messages from an empty field, and Escape returns to it.
 */
export const useRoomKeys =
  (scroller: RefObject<HTMLElement | null>, field: RefObject<HTMLTextAreaElement | null>) =>
  (event: KeyboardEvent): void => {
    const log = scroller.current;
    if (!log || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const writing = event.target === field.current;
    if (writing && (event.key === "PageUp" || event.key === "PageDown")) {
      log.scrollBy({ top: (event.key === "PageUp" ? -0.9 : 0.9) * log.clientHeight });
    } else if (writing && event.key === "ArrowUp" && field.current?.value === "") {
      log.focus();
    } else if (event.key === "Escape" && event.target instanceof Node && log.contains(event.target)) {
      field.current?.focus();
    } else {
      return;
    }
    event.preventDefault();
  };

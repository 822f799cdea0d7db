import type { KeyboardEvent } from "react";

/** An `onKeyDown` for a list: arrows, Home and End move the focus between its links and its rows' first buttons. */
export const moveFocusInList = (event: KeyboardEvent<HTMLElement>): void => {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-list-item]")];
  const at = items.findIndex((item) => item.matches(":focus"));
  if (at < 0) return;
  const targets: Record<string, number> = {
    ArrowDown: Math.min(at + 1, items.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  items[target]?.focus();
};

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Row } from "./rows";

/** The id of a row's element, by its key. */
export const rowId = (key: string): string => `${key}-row`;

/** Which message has the keyboard's focus, and the arrows that move it. */
export const useRowFocus = (rows: readonly Row[]) => {
  const [focused, setFocused] = useState<string | null>(null);
  const found = focused === null ? -1 : rows.findIndex(({ key }) => key === focused);

  // What had the focus is gone: it goes on to the next message.
  const place = useRef(found);
  useEffect(() => {
    if (focused === null || found >= 0) place.current = found;
    else setFocused(rows[Math.min(place.current, rows.length - 1)]?.key ?? null);
  });

  useEffect(() => {
    const row = focused === null ? null : document.getElementById(rowId(focused));
    // A control within it may be what has the focus.
    if (!row?.contains(document.activeElement)) row?.focus({ preventScroll: true });
  }, [focused]);

  return {
    /** Its place among the rows, null when none has the focus. */
    index: found < 0 ? null : found,
    onFocus: setFocused,
    onBlur: () => setFocused(null),
    /** Moves by the arrows, from the end if no message has the focus; `scrollTo` brings a row on screen. */
    onKeyDown: (event: KeyboardEvent, scrollTo: (index: number) => void): void => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      const from = found < 0 ? rows.length : found;
      const index = Math.min(Math.max(event.key === "ArrowUp" ? from - 1 : from + 1, 0), rows.length - 1);
      setFocused(rows[index]?.key ?? null);
      scrollTo(index);
      event.preventDefault();
    },
  };
};

"use client";

import { useEffect, useEffectEvent } from "react";

/** Calls `close` on Escape, unless something nearer to the focus has used the key. */
export const useEscape = (close: () => void, enabled = true): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) close();
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [enabled]);
};

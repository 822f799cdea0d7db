import { useSyncExternalStore } from "react";

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
    document.removeEventListener("visibilitychange", listener);
  };
};

/** Whether somebody is looking: the page is visible and has the focus. */
export const isLooking = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/** {@link isLooking}, as it changes. */
export const useLooking = (): boolean => useSyncExternalStore(subscribe, isLooking, () => false);

"use client";

import { useSyncExternalStore } from "react";
import { currentSocket } from "./socket";

/** `offline`: the device has no network; `reconnecting`: it has, but our server is out of reach. */
export type Connection = "online" | "reconnecting" | "offline";

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  const socketState = currentSocket()?.connectionState.subscribe({ next: listener });
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
    socketState?.unsubscribe();
  };
};

const read = (): Connection => {
  if (!navigator.onLine) return "offline";
  const state = currentSocket()?.connectionState.get();
  // The first connection of a page is no news; only one that was lost is.
  return state?.state === "connecting" && state.error ? "reconnecting" : "online";
};

/** How the page stands to the server right now. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, read, () => "online");

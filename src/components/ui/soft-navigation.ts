"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useSyncExternalStore } from "react";

/*
 * Addresses that change in the browser alone, so that moving about is instant and works with no connection. Next draws
 * the page one enters by; from then on the history is ours. Its own patched `pushState` will not do: after a reload
 * or a refresh its router goes back to a page it no longer holds, and stays there.
 */

const { pushState, replaceState } = typeof window === "undefined" ? {} : History.prototype;

/** Next leaves entries without a state alone. */
const write = (method: History["pushState"] | undefined, href: string): void =>
  method?.call(window.history, null, "", href);

const listeners = new Set<() => void>();
const notify = (): void => {
  for (const listener of [...listeners]) listener();
};

/** Where the steps since the page was loaded came from, the last one at the end. */
let trail: string[] = [];
const here = (): string => window.location.pathname + window.location.search;

const onPopState = (): void => {
  // One step back; after any other jump nothing is known.
  if (trail.at(-1) === here()) trail.pop();
  else trail = [];
  notify();
};

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    write(replaceState, here());
    window.addEventListener("popstate", onPopState);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", onPopState);
  };
};

/** The path of the address, as it changes. */
export const useSoftPathname = (): string => {
  const entered = usePathname();
  return useSyncExternalStore(
    subscribe,
    () => window.location.pathname,
    () => entered,
  );
};

/** What a parameter of the address says, as it changes; null if there is none of this name. */
export const useSoftParameterValue = (name: string): string | null => {
  const entered = useSearchParams();
  return useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name),
    () => entered.get(name),
  );
};

/** Whether the address has a parameter of this name, as it changes. */
export const useSoftParameter = (name: string): boolean => useSoftParameterValue(name) !== null;

/** Goes to another view. */
export const navigate = (href: string): void => {
  if (href === here()) return;
  trail.push(here());
  write(pushState, href);
  notify();
};

/** Leaves a view for the one above it. Goes back if one came from there, so that the browser's Back does not return. */
export const leaveTo = (href: string): void => {
  if (trail.at(-1) === href) {
    window.history.back();
    return;
  }
  write(replaceState, href);
  notify();
};

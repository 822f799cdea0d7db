"use client";

import { KeptValue, useKept } from "~/components/ui/kept-value";

/** How this device calls for attention. */
export interface Preferences {
  /** The browser shows a notification; it also has to be allowed to. */
  browser: boolean;
  sound: boolean;
}

const unset: Preferences = { browser: false, sound: true };

const kept = new KeptValue("charla:notifications", unset, (stored) => ({
  ...unset,
  ...(stored as Partial<Preferences>),
}));

/** The preferences as they are now. */
export const preferences = kept.get;

/** Changes some of them, now and for later visits. */
export const prefer = (change: Partial<Preferences>): void => kept.set({ ...preferences(), ...change });

export const usePreferences = (): Preferences => useKept(kept);

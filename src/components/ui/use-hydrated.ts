"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False while the server renders and in the first render of the browser: for what only the browser knows. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

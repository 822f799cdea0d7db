"use client";

import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { whenIdle } from "./when-idle";

const backOnline = (): Promise<unknown> =>
  new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));

/**
 * A component whose code stays out of the first load. It is fetched once the browser has nothing else to do, or sooner
 * if it is shown: by the time somebody opens a panel it is there, though the connection may not be.
 */
export const lazyPart = <P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> => {
  if (typeof window !== "undefined") whenIdle(() => void load().catch(() => undefined));
  return lazy(async () => {
    const component = await load().catch(async (error: unknown) => {
      if (typeof window === "undefined" || navigator.onLine) throw error;
      await backOnline();
      return load();
    });
    return { default: component };
  });
};

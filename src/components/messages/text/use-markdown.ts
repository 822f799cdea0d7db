import { type ComponentType, useSyncExternalStore } from "react";

type MarkdownText = ComponentType<{ text: string }>;

let loaded: MarkdownText | null = null;
const listeners = new Set<() => void>();

const load = async (): Promise<void> => {
  loaded = (await import("./markdown-text")).MarkdownText;
  for (const listener of listeners) listener();
};

// It comes beside the first messages. Without a connection they stay as they were typed.
if (typeof window !== "undefined") load().catch(() => undefined);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What draws Markdown; null while its code is loaded. */
export const useMarkdown = (): MarkdownText | null =>
  useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );

/** Whether a text may have Markdown in it. Most have none, and wait for nothing. */
export const hasMarkup = (text: string): boolean => /[*_~`>[]|^\s*(?:[-+]|\d{1,9}[.)])\s/m.test(text);

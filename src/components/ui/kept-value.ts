import { useSyncExternalStore } from "react";

/**
 * Something small that this browser keeps between visits. Where it keeps nothing for us (private windows, full disks), it lasts
 * as long as the page.
 */
export class KeptValue<T> {
  /** What it is until somebody sets it, and on the server. */
  readonly unset: T;
  readonly #key: string;
  readonly #parse: (stored: unknown) => T;
  readonly #listeners = new Set<() => void>();
  #value: T | undefined;

  /** @param parse makes a value of whatever the browser has under the key; JSON, and perhaps of an older shape */
  constructor(key: string, unset: T, parse: (stored: unknown) => T) {
    this.unset = unset;
    this.#key = key;
    this.#parse = parse;
  }

  readonly get = (): T => {
    this.#value ??= this.#read();
    return this.#value;
  };

  /** Changes it, now and for later visits. */
  set(value: T): void {
    this.#change(value, () => localStorage.setItem(this.#key, JSON.stringify(value)));
  }

  /** Has it unset, and nothing kept. */
  forget(): void {
    this.#change(this.unset, () => localStorage.removeItem(this.#key));
  }

  /** Calls `listener` whenever it changes. Returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #change(value: T, keep: () => void): void {
    this.#value = value;
    try {
      keep();
    } catch {
      // Kept in memory, see above.
    }
    for (const listener of [...this.#listeners]) listener();
  }

  #read(): T {
    try {
      const stored = localStorage.getItem(this.#key);
      return stored === null ? this.unset : this.#parse(JSON.parse(stored));
    } catch {
      return this.unset;
    }
  }
}

/** The value as it is now, followed. */
export const useKept = <T>(kept: KeptValue<T>): T =>
  useSyncExternalStore(kept.subscribe, kept.get, () => kept.unset);

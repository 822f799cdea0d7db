import type { Outgoing } from "./outbox";
import { Turns } from "./turns";

/** What another tab has done to a message on its way. */
export type StoreChange =
  | { type: "put"; entry: Outgoing }
  | { type: "remove"; roomId: string; clientId: string };

/** Keeps the messages on their way, for all tabs of this browser and past the end of each. */
export interface OutgoingStore {
  /** Everything kept, in the order it was written. */
  readAll(): Promise<Outgoing[]>;
  /** Keeps a message as it is now, and tells the other tabs; one that was sent is only told. */
  put(entry: Outgoing): Promise<void>;
  remove(roomId: string, clientId: string): Promise<void>;
  /** Runs `work` when no other tab, and nothing else here, does work of this name. */
  exclusively(name: string, work: () => Promise<void>): Promise<void>;
  /** Calls `listener` with what other tabs do. */
  listen(listener: (change: StoreChange) => void): void;
}

/** Keeps them as long as the page: where there is no browser, and where the browser keeps nothing for us. */
export class MemoryStore implements OutgoingStore {
  readonly #entries = new Map<string, Outgoing>();
  readonly #turns = new Turns();

  async readAll(): Promise<Outgoing[]> {
    return [...this.#entries.values()];
  }

  async put(entry: Outgoing): Promise<void> {
    if (entry.state === "sent") this.#entries.delete(entry.clientId);
    else this.#entries.set(entry.clientId, entry);
  }

  async remove(_roomId: string, clientId: string): Promise<void> {
    this.#entries.delete(clientId);
  }

  exclusively(name: string, work: () => Promise<void>): Promise<void> {
    return this.#turns.take(name, work);
  }

  listen(): void {}
}

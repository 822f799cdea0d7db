import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { forgetUploads } from "../attachments/upload-names";
import type { Outgoing } from "./outbox";
import { MemoryStore, type OutgoingStore, type StoreChange } from "./outgoing-store";
import { Turns } from "./turns";

interface Schema extends DBSchema {
  /** By client id, which grows with the time: the order of the keys is the order written. */
  outgoing: { key: string; value: Outgoing };
}

/** Each account has its own: who signs in next must not send what somebody else has written. */
const nameOf = (userId: string): string => `charla:outbox:${userId}`;

const open = (name: string): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, 1, {
    upgrade: (db) => void db.createObjectStore("outgoing", { keyPath: "clientId" }),
  });

/**
 * The browser's database (IndexedDB), its tabs' turns (Web Locks) and their talk (BroadcastChannel). What the database
 * does not take, as when the disk is full, is kept in memory.
 */
export class BrowserStore implements OutgoingStore {
  readonly #name: string;
  readonly #db: Promise<IDBPDatabase<Schema> | null>;
  readonly #tabs: BroadcastChannel;
  readonly #unsaved = new MemoryStore();
  readonly #turns = new Turns();

  constructor(userId: string) {
    this.#name = nameOf(userId);
    this.#db = open(this.#name).catch(() => null);
    this.#tabs = new BroadcastChannel(this.#name);
  }

  async readAll(): Promise<Outgoing[]> {
    const saved = (await (await this.#db)?.getAll("outgoing").catch(() => [])) ?? [];
    return [...saved, ...(await this.#unsaved.readAll())];
  }

  async put(entry: Outgoing): Promise<void> {
    const db = await this.#db;
    try {
      if (entry.state === "sent") await db?.delete("outgoing", entry.clientId);
      else await db?.put("outgoing", entry);
      if (!db) await this.#unsaved.put(entry);
    } catch {
      await this.#unsaved.put(entry);
    }
    this.#tell({ type: "put", entry });
  }

  async remove(roomId: string, clientId: string): Promise<void> {
    await this.#unsaved.remove(roomId, clientId);
    await (await this.#db)?.delete("outgoing", clientId).catch(() => undefined);
    this.#tell({ type: "remove", roomId, clientId });
  }

  exclusively(name: string, work: () => Promise<void>): Promise<void> {
    // Browsers have locks for pages over HTTPS (and localhost) alone. Without them two tabs may send the same message,
    // under one client id, so that it is stored once.
    if (!("locks" in navigator)) return this.#turns.take(name, work);
    return navigator.locks.request(`${this.#name}:${name}`, work);
  }

  listen(listener: (change: StoreChange) => void): void {
    this.#tabs.onmessage = ({ data }: MessageEvent<StoreChange>) => listener(data);
  }

  #tell(change: StoreChange): void {
    this.#tabs.postMessage(change);
  }
}

/** How many messages of this account the browser keeps that have not gone out. */
export const countUnsent = async (userId: string): Promise<number> => {
  const db = await open(nameOf(userId)).catch(() => null);
  const count = (await db?.count("outgoing").catch(() => 0)) ?? 0;
  db?.close();
  return count;
};

/** Drops what has not gone out, as on signing out. */
export const forgetUnsent = async (userId: string): Promise<void> => {
  forgetUploads();
  const db = await open(nameOf(userId)).catch(() => null);
  await db?.clear("outgoing").catch(() => undefined);
  db?.close();
};

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { OutgoingFile } from "./outgoing-file";

/** A file that is attached to the draft of a room. */
export interface DraftFile {
  readonly roomId: string;
  readonly file: OutgoingFile;
}

/** What another tab has done to a draft. */
export type DraftFileChange = ({ type: "put" } & DraftFile) | { type: "remove"; roomId: string; key: string };

/** Keeps the files of drafts past the end of the page, for all its tabs. */
export interface DraftFileStore {
  /** In the order they were chosen. */
  readAll(): Promise<DraftFile[]>;
  /** What it does not take, as when the disk is full, lasts as long as the page. */
  put(file: DraftFile): Promise<void>;
  remove(roomId: string, key: string): Promise<void>;
  /** Calls `listener` with what other tabs do. */
  listen(listener: (change: DraftFileChange) => void): void;
}

/** Keeps nothing: where there is no browser. */
export const noDraftFiles: DraftFileStore = {
  readAll: async () => [],
  put: async () => {},
  remove: async () => {},
  listen: () => {},
};

interface Schema extends DBSchema {
  /** By the file's key, which grows with the time: the order of the keys is the order chosen. */
  files: { key: string; value: DraftFile & { key: string } };
}

const nameOf = (userId: string): string => `charla:draft-files:${userId}`;

const open = (userId: string): Promise<IDBPDatabase<Schema> | null> =>
  openDB<Schema>(nameOf(userId), 1, {
    upgrade: (db) => void db.createObjectStore("files", { keyPath: "key" }),
  }).catch(() => null);

/** The browser's database (IndexedDB), each account's its own, and its tabs' talk (BroadcastChannel). */
export const browserDraftFiles = (userId: string): DraftFileStore => {
  const opened = open(userId);
  const tabs = new BroadcastChannel(nameOf(userId));
  const tell = (change: DraftFileChange): void => tabs.postMessage(change);
  return {
    readAll: async () => (await (await opened)?.getAll("files").catch(() => [])) ?? [],
    put: async ({ roomId, file }) => {
      await (await opened)?.put("files", { key: file.key, roomId, file }).catch(() => undefined);
      tell({ type: "put", roomId, file });
    },
    remove: async (roomId, key) => {
      await (await opened)?.delete("files", key).catch(() => undefined);
      tell({ type: "remove", roomId, key });
    },
    listen: (listener) => {
      tabs.onmessage = ({ data }: MessageEvent<DraftFileChange>) => listener(data);
    },
  };
};

/** Drops the files of all drafts, as on signing out. */
export const forgetDraftFiles = async (userId: string): Promise<void> => {
  const db = await open(userId);
  await db?.clear("files").catch(() => undefined);
  db?.close();
};

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { MessagePage } from "~/shared/messages";
import type { RoomCursor, RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";

/*
 * What this browser keeps of the account that is signed in, to be read without a connection: the list of rooms, and the newest
 * messages of each room that was opened. One account at a time; signing out wipes it. Nothing depends on it: where the browser
 * keeps nothing for us, there is nothing to read.
 */

/** The list of rooms, and whose it is. */
export interface KeptAccount {
  me: User;
  rooms: readonly RoomSummary[];
  nextCursor: RoomCursor | null;
}

/** A stretch of a room, as the server would have answered when asked for what comes `after`. */
export interface KeptRoom {
  after: number;
  page: MessagePage;
}

interface Schema extends DBSchema {
  account: { key: "account"; value: KeptAccount };
  rooms: { key: string; value: KeptRoom & { roomId: string; keptAt: Date }; indexes: { keptAt: Date } };
}

/** Raised when the shape of what is kept changes: what other code has written is thrown away, not read. */
export const keptVersion = 1;
/** Those opened last. */
const roomsKept = 50;

let database: Promise<IDBPDatabase<Schema>> | undefined;
/** Signed out: nothing is kept any more, until the next page load. */
let hasLeft = false;
/** This page's account is kept: from then on rooms can be kept beside it. */
let settle: () => void;
const isSettled = new Promise<void>((resolve) => {
  settle = resolve;
});

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>("charla:account", keptVersion, {
    upgrade: (db) => {
      for (const store of [...db.objectStoreNames]) db.deleteObjectStore(store);
      db.createObjectStore("account");
      db.createObjectStore("rooms", { keyPath: "roomId" }).createIndex("keptAt", "keptAt");
    },
    // Newer code wants to upgrade: this page keeps nothing from now on.
    blocking: (_current, _blocked, { target }) => (target as IDBDatabase).close(),
  });

/** What `work` makes of the database; null where there is none that it could use. */
const use = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> => {
  database ??= open();
  return database.then(work).catch(() => null);
};

/** Keeps the list of rooms. What was kept of somebody else goes. */
export const keepAccount = (account: KeptAccount): Promise<unknown> =>
  use(async (db) => {
    if (hasLeft) return;
    const tx = db.transaction(["account", "rooms"], "readwrite");
    const before = await tx.objectStore("account").get("account");
    if (before && before.me.id !== account.me.id) await tx.objectStore("rooms").clear();
    await tx.objectStore("account").put(account, "account");
    await tx.done;
    settle();
  });

export const readAccount = async (): Promise<KeptAccount | null> =>
  (await use((db) => db.get("account", "account"))) ?? null;

/** Whether anybody's account is kept. */
export const hasAccount = async (): Promise<boolean> => ((await use((db) => db.count("account"))) ?? 0) > 0;

/**
 * Keeps what this person has read of a room, once their account is kept and unless something newer is; lets go of the rooms
 * opened longest ago.
 */
export const keepRoom = (myId: string, roomId: string, room: KeptRoom): Promise<unknown> =>
  use(async (db) => {
    await isSettled;
    if (hasLeft) return;
    const tx = db.transaction(["account", "rooms"], "readwrite");
    const rooms = tx.objectStore("rooms");
    const [account, before, all] = await Promise.all([
      tx.objectStore("account").get("account"),
      rooms.get(roomId),
      rooms.index("keptAt").getAllKeys(),
    ]);
    if (account?.me.id !== myId || (before && before.page.rev > room.page.rev)) return;
    await rooms.put({ ...room, roomId, keptAt: new Date() });
    const others = all.filter((id) => id !== roomId);
    for (const id of others.slice(0, Math.max(0, others.length + 1 - roomsKept))) await rooms.delete(id);
    await tx.done;
  });

/** What this person has read of a room; null where that is not kept. */
export const readRoom = async (myId: string, roomId: string): Promise<KeptRoom | null> =>
  (await use(async (db) => {
    const [account, room] = await Promise.all([db.get("account", "account"), db.get("rooms", roomId)]);
    return account?.me.id === myId ? room : null;
  })) ?? null;

/** The room is this person's no longer. */
export const forgetRoom = (roomId: string): Promise<unknown> => use((db) => db.delete("rooms", roomId));

/** Wipes all of it. */
export const forgetAccount = (): Promise<unknown> => {
  hasLeft = true;
  return use(async (db) => {
    const tx = db.transaction(["account", "rooms"], "readwrite");
    await Promise.all([tx.objectStore("account").clear(), tx.objectStore("rooms").clear(), tx.done]);
  });
};

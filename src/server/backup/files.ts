import { randomUUID } from "node:crypto";
import { copyFile, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { ChecksummedFolder } from "./checksums";

type Storage = Runtime["storage"];

/** Files that are read or written at a time. */
const atOnce = 8;

/** A file's key begins with the id of the row that it belongs to. */
const idOf = (key: string): string => key.slice(0, 36);

const folderName = "files/";
/** The last characters of ids are random: folders of some thousand files at most. */
const nameOf = (key: string): string => `${folderName}${key.slice(34, 36)}/${key}`;

/** What the rows of a snapshot say of files. */
export interface FileRows {
  /** Of every row that may have files. */
  ids: Set<string>;
  /** Of files that have to be there: id → SHA-256. */
  sums: Map<string, string>;
}

export const readFileRows = async (client: pg.ClientBase): Promise<FileRows> => {
  const attachments = await client.query<{ id: string; sha256: string }>(
    'SELECT "id", "sha256" FROM "Attachment"',
  );
  const pictures = await client.query<{ id: string }>('SELECT "id" FROM "Picture"');
  return {
    ids: new Set([...attachments.rows, ...pictures.rows].map(({ id }) => id)),
    sums: new Map(attachments.rows.map(({ id, sha256 }) => [id, sha256])),
  };
};

/**
 * Copies the files of these rows out of the storage. Resolves to how many they are, and to the ids of those that the
 * storage has not, or has otherwise than their row says.
 */
export const dumpFiles = async (
  storage: Storage,
  folder: ChecksummedFolder,
  { ids, sums }: FileRows,
): Promise<{ count: number; missing: string[] }> => {
  const missing = new Map(sums);
  let count = 0;
  await inParallel(storage.list(), async ({ key }) => {
    if (!ids.has(idOf(key))) return; // younger than the snapshot
    const bytes = await storage.read(key).catch(unlessGone);
    if (!bytes) return;
    const name = nameOf(key);
    await mkdir(path.dirname(path.join(folder.folder, name)), { recursive: true });
    const sum = await folder.write(name, bytes);
    count += 1;
    if (missing.get(key) === sum) missing.delete(key);
  });
  return { count, missing: [...missing.keys()] };
};

/** Of these attachments, those whose files somebody still has a right to: the others were cleared away meanwhile. */
export const stillNeeded = async (client: pg.ClientBase, ids: string[]): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>(
    `SELECT "id" FROM "Attachment"
     WHERE "id" = ANY($1::uuid[]) AND "roomId" IS NOT NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())`,
    [ids],
  );
  return rows.map(({ id }) => id);
};

/** Puts a backup's files into the storage. `names` are all those of its folder. */
export const loadFiles = async (storage: Storage, folder: string, names: string[]): Promise<void> => {
  const files = names.filter((name) => name.startsWith(folderName));
  await inParallel(files, async (name) => {
    // A copy of its own, where the storage wants what it is given: it may keep the very file.
    const draft = path.join(storage.workDir, randomUUID());
    await copyFile(path.join(folder, name), draft);
    await storage.put(path.basename(name), draft);
    await rm(draft, { force: true });
  });
};

/** Removes from the storage what is not among the files of a backup. */
export const removeOtherFiles = async (storage: Storage, names: string[]): Promise<void> => {
  const kept = new Set(names);
  await inParallel(storage.list(), async ({ key }) => {
    if (!kept.has(nameOf(key))) await storage.remove([key]);
  });
};

const unlessGone = (error: unknown): null => {
  if (error instanceof AppError && error.reason === "ATTACHMENT_NOT_FOUND") return null;
  throw error;
};

/** Does `work` with each item, some at a time. */
const inParallel = async <T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const all = (async function* () {
    yield* items;
  })();
  const worker = async () => {
    for await (const item of { [Symbol.asyncIterator]: () => ({ next: () => all.next() }) }) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

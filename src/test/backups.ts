import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { afterAll } from "vitest";
import { createDiskStorage } from "~/server/attachments/disk-storage";
import type { Source } from "~/server/backup/back-up";
import { dropDatabase, onSameServer } from "~/server/infra/databases";
import { testDatabase } from "./database";
import { testFolder } from "./folder";

const made: string[] = [];
afterAll(async () => {
  for (const url of made) await dropDatabase(url);
});

const folderFor = (name: string): string => mkdtempSync(path.join(testFolder(), `${name}-`));

/** The file's own database, with files of its own: something to back up. */
export const testSource = async (): Promise<Source> => ({
  databaseUrl: await testDatabase(),
  storage: createDiskStorage(folderFor("source")),
});

/** A place to restore to, whose database does not exist. */
export const emptyTarget = async (): Promise<Source> => {
  const databaseUrl = onSameServer(await testDatabase(), `charla_test_${randomUUID()}`);
  made.push(databaseUrl);
  return { databaseUrl, storage: createDiskStorage(folderFor("target")) };
};

/** The name of a folder that is not there. */
export const unusedFolder = (): string => path.join(folderFor("backup"), "it");

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

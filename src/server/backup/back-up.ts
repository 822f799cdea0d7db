import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { withClient } from "~/server/infra/databases";
import { StartError } from "~/server/infra/start-error";
import type { Runtime } from "~/server/runtime";
import { ChecksummedFolder } from "./checksums";
import { dumpFiles, type FileRows, readFileRows, stillNeeded } from "./files";
import { type Manifest, writeManifest } from "./manifest";
import { dumpTables } from "./tables";

export interface Source {
  databaseUrl: string;
  storage: Runtime["storage"];
}

/**
 * Writes a whole copy of a chat, people using it meanwhile, to the folder `target`: there whole, or not at all. Everything
 * that was acknowledged before `takenAt` is in it, and of what came later nothing or all that belongs to it.
 *
 * The tables are those of one snapshot. The files come after: one is stored before its row is made and goes before its
 * row goes, so each row of the snapshot finds its file, or nobody needs it any more.
 *
 * @throws StartError where `target` is there already
 */
export const backUp = async (source: Source, target: string): Promise<Omit<Manifest, "format">> => {
  if (existsSync(target)) throw new StartError(`${target} is there already: name a folder that is not`);
  const draft = `${target}.${randomUUID()}`;
  await mkdir(path.join(draft, "tables"), { recursive: true, mode: 0o700 });
  try {
    const folder = new ChecksummedFolder(draft);
    const { fileRows, ...tables } = await withClient(source.databaseUrl, (client) => dump(client, folder));
    const dumped = await dumpFiles(source.storage, folder, fileRows);
    const missing = await withClient(source.databaseUrl, (client) => stillNeeded(client, dumped.missing));
    const manifest = { ...tables, files: { count: dumped.count, missing } };
    await writeManifest(draft, manifest);
    await folder.add("manifest.json");
    await folder.seal();
    await rename(draft, target);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
};

const dump = async (
  client: pg.Client,
  folder: ChecksummedFolder,
): Promise<Pick<Manifest, "takenAt" | "migrations" | "tables"> & { fileRows: FileRows }> => {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query("SET LOCAL statement_timeout = 0");
  const { rows: marks } = await client.query<{ at: Date }>("SELECT now() AS at");
  const { rows: applied } = await client.query<{ name: string }>(`
    SELECT migration_name AS "name" FROM "_prisma_migrations"
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`);
  const tables = await dumpTables(client, folder);
  const fileRows = await readFileRows(client);
  await client.query("COMMIT");
  const takenAt = marks[0]?.at.toISOString() ?? "";
  return { takenAt, migrations: applied.map(({ name }) => name), tables, fileRows };
};

import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { ensureDatabase, withClient } from "~/server/infra/databases";
import { migrate, migrationLock, migrationsFolder } from "~/server/infra/migrate";
import { StartError } from "~/server/infra/start-error";
import type { Source } from "./back-up";
import { verifiedFiles } from "./checksums";
import { loadFiles, removeOtherFiles } from "./files";
import { type Manifest, readManifest } from "./manifest";
import { loadTables } from "./tables";

/** As Prisma's schema engine makes it. Its rows are in the backup. */
const migrationsTable = `
  CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Brings a chat back as `backUp` found it, then to the newest schema. The backup is verified first; the files come before
 * the rows; and the rows, tables and all, are one transaction: whatever goes wrong, the database is as it was.
 *
 * @param replace whether what the database and the storage hold may go
 * @throws StartError where the backup is damaged or of a newer program, or the database holds something
 */
export const restore = async (
  target: Source,
  folder: string,
  { replace = false }: { replace?: boolean } = {},
): Promise<Manifest> => {
  const names = await verifiedFiles(folder);
  const manifest = await readManifest(folder);
  const migrations = await readMigrations(manifest);
  await ensureDatabase(target.databaseUrl);
  await withClient(target.databaseUrl, async (client) => {
    await refuseToHarm(client, { replace });
    await loadFiles(target.storage, folder, names);
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await refuseToHarm(client, { replace });
    await client.query("SET LOCAL statement_timeout = 0");
    await client.query(
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC",
    );
    for (const sql of [...migrations, migrationsTable]) await client.query(sql);
    await loadTables(client, folder, manifest.tables);
    await client.query("COMMIT");
    await client.query("ANALYZE");
  });
  if (replace) await removeOtherFiles(target.storage, names);
  await migrate(target.databaseUrl);
  return manifest;
};

const readMigrations = (manifest: Manifest): Promise<string[]> =>
  Promise.all(
    manifest.migrations.map((name) =>
      readFile(path.join(migrationsFolder, name, "migration.sql"), "utf8").catch(() => {
        throw new StartError(`The backup was made by a newer program: this one has no migration ${name}`);
      }),
    ),
  );

/** @throws StartError where somebody uses the database, or it holds something that may not go */
const refuseToHarm = async (client: pg.ClientBase, { replace }: { replace: boolean }): Promise<void> => {
  const { rows: others } = await client.query<{ count: number }>(`
    SELECT count(*)::int AS "count" FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`);
  if (others[0]?.count)
    throw new StartError("The database is in use: stop every node, and the pooler, first");
  if (replace) return;
  const { rows: tables } = await client.query<{ name: string }>(`
    SELECT relname AS "name" FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'`);
  for (const { name } of tables) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${pg.escapeIdentifier(name)} LIMIT 1`);
    if (rowCount) throw new StartError(`The database is not empty (${name}): say --replace to let it go`);
  }
};

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { ensureDatabase, withClient, withScratchDatabase } from "./databases";
import { projectRoot } from "./project-root";
import { type MigrationList, noFilters, withSchemaEngine } from "./schema-engine";

const prismaFolder = path.join(projectRoot, "prisma");
export const migrationsFolder = path.join(prismaFolder, "migrations");

/** Any number that nothing else in the database locks. Advisory locks are the database's own, not the server's. */
export const migrationLock = 4_242_001;

const listMigrations = async (): Promise<MigrationList> => {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(migrationsFolder, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories,
  };
};

const appliedMigrations = async (client: pg.ClientBase): Promise<Set<string>> => {
  const { rows: tables } = await client.query(
    `SELECT 1 WHERE to_regclass('"_prisma_migrations"') IS NOT NULL`,
  );
  if (tables.length === 0) return new Set();
  const { rows } = await client.query<{ name: string }>(`
    SELECT migration_name AS "name" FROM "_prisma_migrations"
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`);
  return new Set(rows.map(({ name }) => name));
};

/**
 * Brings the database of `databaseUrl` to the newest schema: every migration in order, once, each one whole or not at
 * all, whatever the number of nodes that start together. Creates the database if it does not exist and the role may.
 * Answers with the names of the migrations that it applied.
 */
export const migrate = async (databaseUrl: string): Promise<string[]> => {
  await ensureDatabase(databaseUrl);
  const migrationsList = await listMigrations();
  return withClient(databaseUrl, async (lock) => {
    // Of a transaction, not of a session: a pooler hands sessions on, locks and all.
    await lock.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0");
    await lock.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    const applied = await appliedMigrations(lock);
    if (migrationsList.migrationDirectories.every(({ path: name }) => applied.has(name))) return [];
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilters }),
    );
    return appliedMigrationNames;
  });
};

/**
 * The SQL that leads from the migrations to `prisma/schema.prisma`, or null when they agree. Plays the migrations
 * through in a scratch database on the server of `databaseUrl`, so it compares what they do, not what they should.
 */
export const pendingMigration = async (databaseUrl: string): Promise<string | null> => {
  const schemaPath = path.join(prismaFolder, "schema.prisma");
  const schema = { path: schemaPath, content: await readFile(schemaPath, "utf8") };
  const migrationsList = await listMigrations();
  const { stdout, exitCode } = await withScratchDatabase(databaseUrl, (scratchUrl) =>
    withSchemaEngine(scratchUrl, (engine) =>
      engine.diff({
        from: { tag: "migrations", ...migrationsList },
        to: { tag: "schemaDatamodel", files: [schema] },
        script: true,
        exitCode: true,
        filters: noFilters,
      }),
    ),
  );
  return exitCode === 0 ? null : stdout;
};

import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { ChecksummedFolder } from "./checksums";
import type { Manifest } from "./manifest";

type Table = Manifest["tables"][number];

const quoted = (names: string[]): string => names.map((name) => pg.escapeIdentifier(name)).join(", ");

const fileOf = (table: string): string => `tables/${table}.copy.gz`;

/** Every table, with the columns that are stored and not computed. */
const listTables = async (client: pg.ClientBase): Promise<Pick<Table, "name" | "columns">[]> => {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    SELECT t.relname AS "name", array_agg(a.attname::text ORDER BY a.attnum) AS "columns"
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY t.relname ORDER BY t.relname`);
  return rows;
};

/** Writes every table as PostgreSQL's own COPY has it, in the client's snapshot. */
export const dumpTables = async (client: pg.ClientBase, folder: ChecksummedFolder): Promise<Table[]> => {
  const { rowCount } = await client.query("SELECT 1 FROM pg_sequences WHERE schemaname = 'public'");
  if (rowCount) throw new Error("the schema has sequences, which backups do not carry yet");
  const tables: Table[] = [];
  for (const { name, columns } of await listTables(client)) {
    const rows = client.query(copyTo(`COPY ${pg.escapeIdentifier(name)} (${quoted(columns)}) TO STDOUT`));
    await folder.write(fileOf(name), rows, createGzip({ level: 4 }));
    tables.push({ name, columns, rows: rows.rowCount });
  }
  return tables;
};

/**
 * Fills tables that are there and empty. Foreign keys and indexes are taken away meanwhile and made again over everything,
 * which is quicker, and asks for no order among tables that refer to each other.
 */
export const loadTables = async (client: pg.ClientBase, folder: string, tables: Table[]): Promise<void> => {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS "table", conname AS "name", pg_get_constraintdef(oid) AS "definition"
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    SELECT i.indexrelid::regclass::text AS "name", pg_get_indexdef(i.indexrelid) AS "definition"
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`);
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  for (const { name, columns, rows } of tables) {
    const intake = client.query(
      copyFrom(`COPY ${pg.escapeIdentifier(name)} (${quoted(columns)}) FROM STDIN`),
    );
    await pipeline(createReadStream(path.join(folder, fileOf(name))), createGunzip(), intake);
    if (intake.rowCount !== rows)
      throw new Error(`${name}: ${intake.rowCount} rows were restored, ${rows} were backed up`);
  }
  for (const { definition } of indexes) await client.query(definition);
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
};

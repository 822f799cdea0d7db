import { randomUUID } from "node:crypto";
import pg from "pg";

// PostgreSQL's names for what can go wrong here.
const noSuchDatabase = "3D000";
const databaseExists = ["42P04", "23505"];

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** The same server and role as `url`, another database. */
export const onSameServer = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
};

/** Runs `work` on one connection of its own to the database `url`. */
export const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks between two queries fails the next query; it must not end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Creates the database of `url`; `template` is the database that it is a copy of. */
export const createDatabase = async (url: string, template = "template0"): Promise<void> => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(onSameServer(url, "postgres"), (client) =>
    client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE ${pg.escapeIdentifier(template)}`,
    ),
  );
};

/** Creates the database of `url` unless it exists; safe when several nodes start together. */
export const ensureDatabase = async (url: string): Promise<void> => {
  try {
    await withClient(url, async () => {});
  } catch (error) {
    if (codeOf(error) !== noSuchDatabase) throw error;
    await createDatabase(url).catch((cause: unknown) => {
      if (!databaseExists.includes(String(codeOf(cause)))) throw cause;
    });
  }
};

/** Drops the database of `url`, whoever is still connected to it. */
export const dropDatabase = async (url: string): Promise<void> => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(onSameServer(url, "postgres"), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
};

/** Runs `work` on a new, empty database beside `url` and drops it afterwards. */
export const withScratchDatabase = async <T>(
  url: string,
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> => {
  const scratchUrl = onSameServer(url, `charla_scratch_${randomUUID()}`);
  await createDatabase(scratchUrl);
  try {
    return await work(scratchUrl);
  } finally {
    await dropDatabase(scratchUrl);
  }
};

import type { Env } from "~/env";
import { ensureDatabase } from "./databases";
import { EmbeddedPostgres } from "./embedded-postgres";
import { StartError } from "./start-error";

export interface DatabaseServer {
  url: string;
  /** For people: where the data lies. */
  place: string;
  stop(): Promise<void>;
}

/** The PostgreSQL of `DATABASE_URL`, or the built-in one. `join`: also one that another process runs. */
export const openDatabaseServer = async (
  env: Pick<Env, "DATABASE_URL" | "DATA_DIR">,
  { join = false }: { join?: boolean } = {},
): Promise<DatabaseServer> => {
  if (env.DATABASE_URL) {
    const { host, pathname } = new URL(env.DATABASE_URL);
    await ensureDatabase(env.DATABASE_URL).catch((error: unknown) => {
      throw new StartError(`DATABASE_URL: ${host}${pathname} cannot be used: ${reasonOf(error)}`);
    });
    return { url: env.DATABASE_URL, place: `PostgreSQL at ${host}${pathname}`, stop: async () => {} };
  }
  const server = await EmbeddedPostgres.start({ dataDir: env.DATA_DIR, join });
  return { url: server.url, place: server.folder, stop: () => server.stop() };
};

/** One line. A name that resolves to several addresses fails with an error for each, and no message of its own. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
};

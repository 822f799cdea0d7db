import { randomBytes } from "node:crypto";
import { readProcessEnv } from "~/env";
import { dropDatabase, onSameServer, withClient } from "~/server/infra/databases";
import { migrate } from "~/server/infra/migrate";
import { Postgres } from "./chaos/services";
import { cores, pin } from "./pinned";

/** A database of the benchmark's own, migrated. */
export interface BenchDatabase {
  url: string;
  /** For the head of the table. */
  server: string;
  /** Drops what was made. */
  stop: () => Promise<void>;
}

const versionOf = (url: string): Promise<string> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return `PostgreSQL ${rows[0]?.server_version.split(" ")[0]}`;
  });

/** On the server of `DATABASE_URL`; without it, on the one that comes with the app, on cores of its own, in `folder`. */
export const openBenchDatabase = async (folder: string): Promise<BenchDatabase> => {
  const { DATABASE_URL: given } = readProcessEnv();
  const { url, stop } = given ? onGiven(given) : await onOurs(folder);
  try {
    await migrate(url);
    const server = await versionOf(url);
    return { url, stop, server: given ? `${server} of DATABASE_URL` : server };
  } catch (error) {
    await stop();
    throw error;
  }
};

const onGiven = (given: string) => {
  const url = onSameServer(given, `charla_bench_${randomBytes(4).toString("hex")}`);
  return { url, stop: () => dropDatabase(url) };
};

const onOurs = async (folder: string) => {
  const postgres = await Postgres.start(folder);
  pin(postgres.pid, cores.services);
  return { url: postgres.url, stop: () => postgres.stop() };
};

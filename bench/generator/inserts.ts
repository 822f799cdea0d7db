import { randomUUID } from "node:crypto";
import pg from "pg";

export interface InsertsJob {
  task: "inserts";
  databaseUrl: string;
  connections: number;
  seconds: number;
}

/** What writes are measured against: rows as long as a message, one a transaction, into a table with nothing but its key. */
export const runInserts = async ({
  databaseUrl,
  connections,
  seconds,
}: InsertsJob): Promise<{ perSecond: number }> => {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(
    "CREATE TABLE IF NOT EXISTS bench_bare (id uuid PRIMARY KEY, room uuid, author uuid, body text, at timestamptz)",
  );
  const [room, author] = [randomUUID(), randomUUID()];
  const body = "We meet at seven at the station; bring the map and something warm. ".padEnd(85);
  const began = performance.now();
  let inserted = 0;
  const insert = async (client: pg.Client): Promise<void> => {
    while (performance.now() - began < seconds * 1_000) {
      const text = "INSERT INTO bench_bare VALUES ($1, $2, $3, $4, now())";
      await client.query({ name: "insert", text, values: [randomUUID(), room, author, body] });
      inserted += 1;
    }
  };
  await Promise.all(clients.map(insert));
  const perSecond = (inserted * 1_000) / (performance.now() - began);
  await Promise.all(clients.map((client) => client.end()));
  return { perSecond };
};

import { setTimeout as sleep } from "node:timers/promises";
import { dropDatabase, onSameServer, withClient } from "~/server/infra/databases";
import { createDb, type Db } from "~/server/infra/db";
import { migrate } from "~/server/infra/migrate";
import { searchMessages } from "~/server/messages/search";
import type { Row, Scenario } from "../scenario";
import { fill, findReader, type Reader } from "../search/fill";
import { explaining, indexesOf, scansWhole } from "../search/plans";
import { type Query, queriesOf } from "../search/queries";
import { percentiles } from "../statistics";

const readers = [
  { username: "person-1", who: "who sees all of it" },
  { username: "person-9", who: "who is in one of twenty rooms" },
] as const;

/** Which index finds the messages, is the question; whose rooms they are is always found alike. */
const ofMessages = /^(Message|Attachment)_/;

interface Measured {
  what: string;
  /** Milliseconds. */
  times: number[];
  found: number;
  indexes: string[];
  /** Its plan reads the whole table of messages. */
  scansAll: boolean;
}

const measure = async (db: Db, reader: Reader, { what, input }: Query, rounds: number): Promise<Measured> => {
  const indexes = new Set<string>();
  let scansAll = false;
  const explained = explaining(db, (plan) => {
    for (const index of indexesOf(plan)) if (ofMessages.test(index)) indexes.add(index);
    scansAll ||= scansWhole(plan, "Message");
  });
  const { items } = await searchMessages({ db: explained }, reader, input);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await searchMessages({ db }, reader, input);
    times.push(performance.now() - began);
  }
  return { what, times, found: items.length, indexes: [...indexes], scansAll };
};

/** How often PostgreSQL has read the whole table of messages so far. Connections tell of it a second late, or as they end. */
const wholeScans = async (url: string): Promise<number> => {
  await sleep(1_500);
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT "seq_scan"::int AS "count" FROM "pg_stat_user_tables" WHERE "relname" = 'Message'`,
    );
    return rows[0]?.count ?? 0;
  });
};

export const search: Scenario = {
  id: "search",
  what: "searches of nineteen kinds, one after the other, and the indexes of their plans",
  run: async ({ installation, isQuick, log }) => {
    const messages = isQuick ? 100_000 : 1_000_000;
    const rounds = isQuick ? 5 : 20;
    const url = onSameServer(
      installation.databaseUrl,
      `${new URL(installation.databaseUrl).pathname.slice(1)}_search`,
    );
    const rows: Row[] = [];
    const faults: string[] = [];
    try {
      await migrate(url);
      const began = performance.now();
      await withClient(url, (client) => fill(client, messages));
      const count = messages.toLocaleString("en");
      log(`${count} messages written in ${Math.round((performance.now() - began) / 1_000)} s`);
      const scansBefore = await wholeScans(url);
      const db = createDb(url);
      try {
        for (const { username, who } of readers) {
          const reader = await withClient(url, (client) => findReader(client, username));
          const all: Measured[] = [];
          for (const query of queriesOf(reader)) all.push(await measure(db, reader, query, rounds));
          for (const { what, times, found, indexes, scansAll } of all) {
            const { p50, p95 } = percentiles(times);
            log(
              `${what}: ${found} found, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms by ${indexes.join(", ")}`,
            );
            if (scansAll)
              faults.push(`"${what}" of somebody ${who} reads all messages: Seq Scan on "Message"`);
          }
          const latency = percentiles(all.flatMap(({ times }) => times));
          const slowest = all
            .map(({ what, times }) => ({ what, p50: percentiles(times).p50 }))
            .reduce((a, b) => (b.p50 > a.p50 ? b : a));
          rows.push({
            name: `search by somebody ${who}, of ${count} messages: p95`,
            value: latency.p95,
            unit: "ms",
            goal: { value: 100, isAtMost: true },
            latency,
            detail: `${all.length} kinds, each ${rounds} times; the slowest: ${slowest.what}, p50 ${slowest.p50.toFixed(1)} ms`,
          });
        }
      } finally {
        await db.$disconnect();
      }
      // Plans of prepared statements may differ from those that were explained: this counts what was done.
      const scans = (await wholeScans(url)) - scansBefore;
      if (scans > 0) faults.push(`the table of messages was read from beginning to end ${scans} times`);
    } finally {
      await dropDatabase(url);
    }
    return { rows, faults };
  },
};

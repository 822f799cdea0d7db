import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receiveBytes } from "~/server/attachments/receive";
import type { OwnedRuntime } from "~/server/create-runtime";
import { withClient } from "~/server/infra/databases";
import { migrate, migrationsFolder } from "~/server/infra/migrate";
import type { Message } from "~/shared/messages";
import { emptyTarget, sha256, testSource, unusedFolder } from "~/test/backups";
import { callerFor } from "~/test/cast";
import { type Conversation, openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { backUp, type Source } from "./back-up";
import { restore } from "./restore";

let source: Source;
let node: OwnedRuntime;
beforeAll(async () => {
  source = await testSource();
  node = await testRuntime({ data: source });
});
afterAll(() => node[Symbol.asyncDispose]());

const upload = (bytes: Uint8Array, { roomId, first }: Conversation) =>
  receiveBytes(node, first.user, { roomId, name: "a.txt", type: "text/plain", voice: undefined }, bytes);

const readAll = async (storage: Source["storage"], key: string): Promise<Buffer> =>
  Buffer.concat(await (await storage.read(key)).toArray());

/** Tries again for as long as the database is busy, as clients do. */
const persist = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    const done = await work().catch((error: unknown) => {
      if (error instanceof TRPCError && error.code === "SERVICE_UNAVAILABLE") return null;
      throw error;
    });
    if (done !== null) return done;
  }
};

/** Everybody here writes, and sends files, until stopped. What was acknowledged stands in `acked`. */
const underLoad = (conversations: Conversation[]) => {
  let isOn = true;
  const acked: Message[] = [];
  const files = new Map<string, string>();
  const write = async (conversation: Conversation) => {
    const { roomId, asFirst, asSecond } = conversation;
    for (let count = 0; isOn; count += 1) {
      const send = { roomId, clientId: randomUUID(), body: `message ${count}` };
      acked.push(await persist(() => asFirst.messages.send(send)));
      if (count % 5 > 0) continue;
      const bytes = Buffer.from(`file ${randomUUID()}`);
      const { id } = await persist(() => upload(bytes, conversation));
      const withFile = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
      acked.push(await persist(() => asFirst.messages.send(withFile)));
      files.set(id, sha256(bytes));
      await persist(() => asSecond.messages.react({ roomId, seq: 1, emoji: "👍", on: count % 2 === 0 }));
    }
  };
  const all = Promise.all(conversations.map(write));
  const stop = async () => {
    isOn = false;
    await all;
  };
  return { acked, files, stop };
};

describe("a backup", () => {
  it("taken while people write brings back everything acknowledged before it, files and all", async () => {
    const conversations = await Promise.all(Array.from({ length: 4 }, () => openConversation(node)));
    const load = underLoad(conversations);
    while (load.files.size < 12) await turn();
    const before = { acked: [...load.acked], files: new Map(load.files) };
    const backup = unusedFolder();
    const manifest = await backUp(source, backup);
    const during = load.acked.length - before.acked.length;
    await load.stop();
    expect(during, "messages sent meanwhile").toBeGreaterThan(0);
    expect(manifest.files.missing).toEqual([]);

    const target = await emptyTarget();
    await restore(target, backup);
    await using restored = await testRuntime({ data: target });
    for (const { roomId, first } of conversations) {
      const api = await callerFor(restored, first);
      const { items, lastSeq } = await api.messages.list({ roomId, after: 0, limit: 100 });
      const seqs = items.map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: Math.min(lastSeq, 100) }, (_, index) => index + 1));
    }
    const rows = await withClient(target.databaseUrl, (client) =>
      client.query<{ id: string; seq: number; body: string }>('SELECT "id", "seq", "body" FROM "Message"'),
    );
    const byId = new Map(rows.rows.map((row) => [row.id, row]));
    for (const { id, seq, body } of before.acked) expect(byId.get(id)).toEqual({ id, seq, body });
    for (const [id, sum] of before.files) expect(sha256(await readAll(target.storage, id))).toBe(sum);
    const kept: string[] = [];
    for await (const { key } of target.storage.list()) kept.push(key);
    const { rows: files } = await withClient(target.databaseUrl, (client) =>
      client.query<{ id: string }>('SELECT "id" FROM "Attachment"'),
    );
    expect(kept.sort(), "a file for every row, and no other").toEqual(files.map(({ id }) => id).sort());
  });

  it("brings back every table as it was, and a chat that goes on", async () => {
    const conversation = await openConversation(node);
    const { first, second, roomId } = conversation;
    await say(conversation.asFirst, roomId, "¿cómo andás? \\N\t\\. 👋🏽");
    const backup = unusedFolder();
    await backUp(source, backup);
    const target = await emptyTarget();
    await restore(target, backup);

    const contents = (url: string) =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
        );
        const sums: Record<string, unknown> = {};
        for (const { name } of rows) {
          const sql = `SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM "${name}" t`;
          sums[name] = (await client.query(sql)).rows[0];
        }
        return sums;
      });
    expect(await contents(target.databaseUrl)).toEqual(await contents(source.databaseUrl));
    const objects = (url: string) =>
      withClient(url, async (client) => {
        const { rows } = await client.query(`
          SELECT indexdef AS it FROM pg_indexes WHERE schemaname = 'public'
          UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            || ' ' || convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`);
        return rows;
      });
    expect(await objects(target.databaseUrl)).toEqual(await objects(source.databaseUrl));
    expect(await migrate(target.databaseUrl)).toEqual([]);

    await using restored = await testRuntime({ data: target });
    const api = await callerFor(restored, second);
    expect((await api.messages.list({ roomId })).items.map(({ body }) => body)).toEqual([
      "¿cómo andás? \\N\t\\. 👋🏽",
    ]);
    expect((await say(await callerFor(restored, first), roomId, "again")).seq).toBe(2);
  });

  it("of an older schema is brought to the newest", async () => {
    const backup = unusedFolder();
    const old = await emptyTarget();
    await migrate(old.databaseUrl);
    const names = readdirSync(migrationsFolder).sort();
    const [earlier, later] = [names.slice(0, -2), names.slice(-2)];
    await withClient(old.databaseUrl, async (client) => {
      await client.query('CREATE SCHEMA aside; ALTER TABLE "_prisma_migrations" SET SCHEMA aside');
      await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      for (const name of earlier)
        await client.query(readFileSync(path.join(migrationsFolder, name, "migration.sql"), "utf8"));
      await client.query('ALTER TABLE aside."_prisma_migrations" SET SCHEMA public');
      await client.query('DELETE FROM "_prisma_migrations" WHERE migration_name = ANY($1)', [later]);
    });
    await backUp(old, backup);
    const target = await emptyTarget();
    const { migrations } = await restore(target, backup);
    expect(migrations).toEqual(earlier);
    await using restored = await testRuntime({ data: target });
    expect(await restored.db.user.count()).toBe(0);
    expect(await migrate(target.databaseUrl)).toEqual([]);
  });
});

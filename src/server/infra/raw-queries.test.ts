import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Prisma } from "~/generated/prisma/client";
import type { OwnedRuntime } from "~/server/create-runtime";
import { newcomer } from "~/test/cast";
import { testDatabase } from "~/test/database";
import { testRuntime } from "~/test/runtime";
import { createDb } from "./db";
import { pools } from "./pool";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

const lives = new Date("2026-11-22T01:02:03.456Z");
const everything = Prisma.sql`
  SELECT 7 AS "int", 0.5::float8 AS "float", true AS "bool", 'é' AS "text", NULL AS "none",
    ${lives}::timestamptz AS "time", '{"a":[1]}'::jsonb AS "json",
    ${["x", null, 'y"']}::text[] AS "list", ${"01900000-0000-7000-8000-000000000000"}::uuid AS "uuid"`;

describe("a raw query", () => {
  it("answers outside of transactions what it answers in them", async () => {
    const [outside] = await node.db.$queryRaw<unknown[]>(everything);
    const [inside] = await node.db.$transaction((tx) => tx.$queryRaw<unknown[]>(everything));
    expect(outside).toEqual(inside);
    expect(outside).toMatchObject({ int: 7, time: lives, json: { a: [1] }, list: ["x", null, 'y"'] });
  });

  it("belongs to the transaction that it is asked of", async () => {
    const { user } = await newcomer(node);
    const rename = (tx: Pick<typeof node.db, "$executeRaw">) =>
      tx.$executeRaw`UPDATE "User" SET "displayName" = 'changed' WHERE "id" = ${user.id}::uuid`;
    const undone = node.db.$transaction(async (tx) => {
      expect(await rename(tx)).toBe(1);
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    const nameOf = async () => (await node.db.user.findUniqueOrThrow({ where: { id: user.id } })).displayName;
    expect(await nameOf()).toBe(user.displayName);
    expect(await rename(node.db)).toBe(1);
    expect(await nameOf()).toBe("changed");
  });

  it("leaves no connection behind, though Prisma itself made none", async () => {
    const before = pools.size;
    const db = createDb(await testDatabase());
    expect(await db.$queryRaw`SELECT 1 AS "one"`).toEqual([{ one: 1 }]);
    expect(pools.size).toBe(before + 1);
    await db.$disconnect();
    expect(pools.size).toBe(before);
  });

  it("outlives a connection that breaks while nobody uses it", async () => {
    const db = createDb(await testDatabase());
    await db.$queryRaw`SELECT 1`;
    await node.db.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query = 'SELECT 1'`;
    await vi.waitFor(async () => expect(await db.$queryRaw`SELECT 2 AS "two"`).toEqual([{ two: 2 }]));
    await db.$disconnect();
  });

  it("is run without a name where a pooler forgets prepared statements", async () => {
    const ask = () => node.db.$queryRaw<{ n: number }[]>`SELECT ${41}::int + 1 AS "n"`;
    await ask();
    // What a pooler does when it hands out another connection.
    await node.db.$executeRawUnsafe("DEALLOCATE ALL");
    await expect(Promise.all(Array.from({ length: 20 }, ask))).resolves.toEqual(Array(20).fill([{ n: 42 }]));
  });
});

import { expect, inject, test } from "vitest";
import { dropDatabase, onSameServer, withClient, withScratchDatabase } from "./databases";
import { migrate, pendingMigration } from "./migrate";

test("the migrations lead to exactly prisma/schema.prisma", async () => {
  expect(await pendingMigration(inject("templateUrl"))).toBeNull();
});

test("nodes that start together apply each migration once", async () => {
  await withScratchDatabase(inject("templateUrl"), async (url) => {
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).not.toHaveLength(0);
    expect(new Set(applied.flat()).size).toBe(applied.flat().length);
    expect(await migrate(url)).toEqual([]);
  });
});

test("a database that does not exist is created", async () => {
  const url = onSameServer(inject("templateUrl"), `charla_test_created_${process.pid}`);
  try {
    await Promise.all([migrate(url), migrate(url)]);
    const { rows } = await withClient(url, (client) => client.query('SELECT count(*)::int AS n FROM "User"'));
    expect(rows).toEqual([{ n: 0 }]);
  } finally {
    await dropDatabase(url);
  }
});

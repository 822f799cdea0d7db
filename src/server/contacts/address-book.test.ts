import { expect, test } from "vitest";
import { createLog } from "~/server/infra/log";
import { createRedisBackplane } from "~/server/infra/redis";
import { callerFor } from "~/test/cast";
import { testRuntime } from "~/test/runtime";
import { strangers } from "~/test/strangers";

test("a list is kept until a write to it, by any node", async () => {
  await using node = await testRuntime();
  await using otherNode = await testRuntime();
  const { dora, elena, olga } = await strangers(node);
  const names = async () => (await dora.api.contacts.list()).items.map(({ user }) => user.displayName);
  await dora.api.contacts.add({ userId: elena.user.id });
  expect(await names()).toEqual([elena.user.displayName]);

  // A change that does not count as a write of the list shows that nobody reads the database.
  await node.db.user.update({ where: { id: elena.user.id }, data: { displayName: "Elena" } });
  expect(await names()).toEqual([elena.user.displayName]);

  await (await callerFor(otherNode, dora)).contacts.add({ userId: olga.user.id });
  expect((await names()).sort()).toEqual(["Elena", olga.user.displayName].sort());
});

test("what another version of us left in the cache is not believed", async () => {
  await using node = await testRuntime();
  const { dora, elena } = await strangers(node);
  await dora.api.contacts.add({ userId: elena.user.id });
  const { rev } = await node.db.user.findUniqueOrThrow({ where: { id: dora.user.id } });
  await node.backplane.cache.set(`contacts:${dora.user.id}:${rev}`, '[{"id":1}]', 60);
  expect((await dora.api.contacts.list()).items).toMatchObject([{ user: elena.user }]);
});

test("while the backplane is away the database answers", async () => {
  const backplane = createRedisBackplane({
    url: "redis://127.0.0.1:1",
    prefix: "absent:",
    log: createLog("silent"),
  });
  await using node = await testRuntime({ backplane });
  const { dora, elena } = await strangers(node);
  const contact = await dora.api.contacts.add({ userId: elena.user.id });
  expect((await dora.api.contacts.list()).items).toEqual([contact]);
});

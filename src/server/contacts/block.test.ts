import { randomUUID } from "node:crypto";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { RouterOutputs } from "~/server/trpc/root";
import type { User } from "~/shared/users";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { strangers, watchRights } from "~/test/strangers";

describe("contacts.block and unblock", () => {
  it("take somebody off my list and onto the blocked one, and back; each can be repeated", async () => {
    await using node = await testRuntime();
    const { dora, elena, olga } = await strangers(node);
    await dora.api.contacts.add({ userId: elena.user.id });
    expect((await dora.api.contacts.list()).items).toHaveLength(1);
    for (const userId of [olga.user.id, elena.user.id, elena.user.id])
      await dora.api.contacts.block({ userId });
    expect((await dora.api.contacts.list()).items).toEqual([]);
    expect(await dora.api.contacts.blocked()).toEqual([elena.user, olga.user]);
    expect(await elena.api.contacts.blocked()).toEqual([]);

    for (let round = 0; round < 2; round += 1) await dora.api.contacts.unblock({ userId: elena.user.id });
    expect(await dora.api.contacts.blocked()).toEqual([olga.user]);
    await expect(dora.api.contacts.add({ userId: elena.user.id })).resolves.toMatchObject({
      user: elena.user,
    });
    expectTypeOf<RouterOutputs["contacts"]["blocked"]>().toEqualTypeOf<User[]>();
  });

  it("make sure that what a blocked person sends arrives nowhere, and that they see no difference", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    await elena.send(roomId, "before");
    await elena.api.contacts.block({ userId: dora.user.id });
    await dora.send(roomId, "withheld");
    const read = async (api: typeof dora.api) =>
      (await api.messages.list({ roomId })).items.map(({ body }) => body);
    expect(await read(dora.api)).toEqual(["before", "withheld"]);
    expect(await read(elena.api)).toEqual(["before"]);
    await elena.api.contacts.unblock({ userId: dora.user.id });
    await dora.send(roomId, "after");
    expect(await read(elena.api)).toEqual(["before", "after"]);
  });

  it("tell both sides' live streams, and only when something changes", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const userId = elena.user.id;
    for (const change of [dora.api.contacts.block, dora.api.contacts.unblock]) {
      const rights = [await watchRights(node, dora.user.id), await watchRights(node, elena.user.id)];
      await change({ userId });
      await Promise.all(rights.map(({ told }) => told));
    }
    const { rev } = await node.db.user.findUniqueOrThrow({ where: { id: userId } });
    await dora.api.contacts.unblock({ userId });
    expect(await node.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ rev });
  });

  it("refuse nobody's id and my own", async () => {
    await using node = await testRuntime();
    const { dora } = await strangers(node);
    for (const userId of [randomUUID(), dora.user.id]) {
      await expect(dora.api.contacts.block({ userId })).rejects.toMatchObject(refusal("USER_NOT_FOUND"));
      await expect(dora.api.contacts.unblock({ userId })).resolves.toBeUndefined();
    }
    await expect(dora.api.contacts.block({ userId: "1" })).rejects.toMatchObject(invalidInput("userId"));
    await expect(dora.api.contacts.unblock({ userId: "1" })).rejects.toMatchObject(invalidInput("userId"));
  });
});

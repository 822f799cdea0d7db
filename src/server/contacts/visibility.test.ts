import { describe, expect, it } from "vitest";
import { testRuntime } from "~/test/runtime";
import { strangers } from "~/test/strangers";

describe("presence in contacts", () => {
  it("shows to each other only two people who both accepted and of whom neither blocks the other", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const leave = [node.presence.arrive(dora.user.id), node.presence.arrive(elena.user.id)];
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    const seen = async (api: typeof dora.api) => (await api.contacts.list()).items[0]?.presence ?? null;

    expect(await seen(dora.api)).toBeNull();
    await dora.send(roomId);
    await elena.api.contacts.accept({ roomId });
    const online = { online: true, lastSeenAt: expect.any(Date) };
    expect(await seen(dora.api)).toEqual(online);
    await elena.api.contacts.add({ userId: dora.user.id });
    expect(await seen(elena.api)).toEqual(online);

    await elena.api.contacts.block({ userId: dora.user.id });
    expect(await seen(dora.api)).toBeNull();
    await elena.api.contacts.unblock({ userId: dora.user.id });
    expect(await seen(dora.api)).toEqual(online);
    for (const left of leave) left();
  });

  it("appears as soon as they answer", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    await dora.send(roomId);
    expect((await dora.api.contacts.list()).items).toMatchObject([{ presence: null }]);
    await elena.send(roomId);
    expect((await dora.api.contacts.list()).items).toMatchObject([{ presence: { online: false } }]);
  });
});

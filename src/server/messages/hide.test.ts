import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Message } from "~/shared/messages";
import { callerFor, type Member, member } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { listen, openClient, openSocketServer, type TestSocketServer } from "~/test/socket";

let node: OwnedRuntime;
let server: TestSocketServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openSocketServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** Three messages of the first, and what the second can find of them. */
const openTalk = async () => {
  const talk = await openConversation(node);
  const { asFirst, asSecond, roomId } = talk;
  const bodies = ["perro uno", "perro dos", "perro tres"];
  for (const body of bodies) await say(asFirst, roomId, body);
  const found = async (caller = asSecond) => ({
    listed: (await caller.messages.list({ roomId })).items.map(({ seq }) => seq),
    searched: (await caller.messages.search({ query: "perro" })).items.map(({ seq }) => seq),
    last: (await caller.rooms.get({ roomId })).lastMessage?.seq,
    unread: (await caller.rooms.get({ roomId })).unread,
  });
  return { ...talk, found };
};

const follow = async (person: Member, roomId: string) => {
  const client = openClient(server.url, person);
  const heard = await listen<{ data: Message }>((handlers) =>
    client.api.messages.onMessage.subscribe({ roomId, lastEventId: "0" }, handlers),
  );
  return {
    said: () => heard.data.map(({ data: { seq, body, hidden } }) => ({ seq, body, hidden })),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
};

describe("messages.hide", () => {
  it("takes a message from everything I see, and gives it back", async () => {
    const { asFirst, asSecond, roomId, found } = await openTalk();
    const before = await found();
    expect(before).toEqual({ listed: [1, 2, 3], searched: [3, 2, 1], last: 3, unread: 3 });
    const { items } = await asSecond.messages.list({ roomId });
    expect(await asSecond.messages.hide({ roomId, seq: 3, on: true })).toMatchObject({
      seq: 3,
      body: "",
      deletedAt: expect.any(Date),
      hidden: true,
    });
    await asSecond.messages.hide({ roomId, seq: 1, on: true });
    expect(await found()).toEqual({ listed: [2], searched: [2], last: 2, unread: 1 });
    expect(await found(asFirst)).toMatchObject({ listed: [1, 2, 3], searched: [3, 2, 1], last: 3 });

    const refusal = { message: "MESSAGE_NOT_FOUND" };
    await expect(asSecond.messages.react({ roomId, seq: 3, emoji: "👍", on: true })).rejects.toMatchObject(
      refusal,
    );
    await expect(asSecond.rooms.markUnread({ roomId, seq: 3 })).rejects.toMatchObject(refusal);

    for (const seq of [1, 3]) await asSecond.messages.hide({ roomId, seq, on: false });
    expect(await found()).toEqual(before);
    const back = (await asSecond.messages.list({ roomId })).items;
    expect(back.map(({ rev, ...message }) => message)).toEqual(items.map(({ rev, ...message }) => message));
    // A client that knows it as hidden takes it for newer.
    expect(back[2]?.rev).toBeGreaterThan(items[2]?.rev ?? 0);
  });

  it("does nothing when it is done already", async () => {
    const { asSecond, roomId } = await openTalk();
    const hidden = await asSecond.messages.hide({ roomId, seq: 2, on: true });
    const { rev } = await asSecond.messages.list({ roomId });
    expect(await asSecond.messages.hide({ roomId, seq: 2, on: true })).toEqual(hidden);
    await asSecond.messages.hide({ roomId, seq: 1, on: false });
    expect((await asSecond.messages.list({ roomId })).rev).toBe(rev);
  });

  it("reaches all my devices, one that was cut off too, and stirs nobody else", async () => {
    const { asFirst, asSecond, first, second, roomId } = await openTalk();
    await using mine = await follow(second, roomId);
    await using theirs = await follow(first, roomId);
    await vi.waitFor(() => expect([mine.said().length, theirs.said().length]).toEqual([3, 3]));
    await asSecond.messages.hide({ roomId, seq: 2, on: true });
    await vi.waitFor(() => expect(mine.said().at(-1)).toEqual({ seq: 2, body: "", hidden: true }));
    server.cut();
    await asSecond.messages.hide({ roomId, seq: 3, on: true });
    await asSecond.messages.hide({ roomId, seq: 2, on: false });
    await vi.waitFor(() =>
      expect(mine.said().slice(-2)).toEqual([
        { seq: 3, body: "", hidden: true },
        { seq: 2, body: "perro dos", hidden: undefined },
      ]),
    );
    await say(asFirst, roomId, "four");
    await vi.waitFor(() => expect(theirs.said().at(-1)?.seq).toBe(4));
    expect(theirs.said().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it("holds whatever others do to the message, and gives back what it has become", async () => {
    const { asFirst, asSecond, second, roomId } = await openTalk();
    await asSecond.messages.hide({ roomId, seq: 2, on: true });
    await using mine = await follow(second, roomId);
    await asFirst.messages.edit({ roomId, seq: 2, body: "cambiado" });
    await say(asFirst, roomId, "four");
    await vi.waitFor(() => expect(mine.said().at(-1)?.seq).toBe(4));
    expect(mine.said().filter(({ seq, hidden }) => seq === 2 && !hidden)).toEqual([]);
    expect((await asSecond.messages.list({ roomId })).items.map(({ seq }) => seq)).toEqual([1, 3, 4]);
    const back = await asSecond.messages.hide({ roomId, seq: 2, on: false });
    expect(back).toMatchObject({ body: "cambiado", editedAt: expect.any(Date) });
    await vi.waitFor(() => expect(mine.said().at(-1)).toMatchObject({ seq: 2, body: "cambiado" }));
  });

  it("is for messages of my rooms, tombstones too, and for no line that says what somebody did", async () => {
    const { asFirst, asSecond, second, roomId } = await openTalk();
    await asFirst.messages.delete({ roomId, seq: 1 });
    await asSecond.messages.hide({ roomId, seq: 1, on: true });
    expect((await asSecond.messages.list({ roomId })).items.map(({ seq }) => seq)).toEqual([2, 3]);
    const refusal = { message: "MESSAGE_NOT_FOUND" };
    await expect(asSecond.messages.hide({ roomId, seq: 9, on: true })).rejects.toMatchObject(refusal);
    const group = await asFirst.groups.create({ title: "Group", userIds: [second.user.id] });
    await expect(asFirst.messages.hide({ ...group, seq: 1, on: true })).rejects.toMatchObject(refusal);
    const olga = await callerFor(node, await member(node, "olga"));
    await expect(olga.messages.hide({ roomId, seq: 1, on: true })).rejects.toMatchObject({
      message: "ROOM_NOT_FOUND",
    });
    const nobody = await callerFor(node);
    await expect(nobody.messages.hide({ roomId, seq: 1, on: true })).rejects.toMatchObject({
      message: "NOT_SIGNED_IN",
    });
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { RouterOutputs } from "~/server/trpc/root";
import { mutedForGood } from "~/shared/limits";
import type { RoomSummary } from "~/shared/rooms";
import { callerFor, member, newcomer } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

describe("rooms.list", () => {
  it("shows the most recently active room first, with its last message and what is unread", async () => {
    const me = await newcomer(node);
    const asMe = await callerFor(node, me);
    const roomIds: string[] = [];
    for (const body of ["one", "two", "three"]) {
      const other = await newcomer(node);
      const asOther = await callerFor(node, other);
      const { roomId } = await asOther.contacts.add({ userId: me.user.id });
      await asMe.contacts.add({ userId: other.user.id });
      await say(asOther, roomId, body);
      roomIds.unshift(roomId);
    }
    const { items, nextCursor } = await asMe.rooms.list({});
    expect(items.map((room) => room.id)).toEqual(roomIds);
    expect(items[0]).toMatchObject({
      kind: "direct",
      unread: 1,
      lastMessage: { body: "three" },
      request: null,
    });
    expect(nextCursor).toBeNull();
    expectTypeOf<RouterOutputs["rooms"]["list"]["items"]>().toEqualTypeOf<RoomSummary[]>();

    const first = await asMe.rooms.list({ limit: 2 });
    const rest = await asMe.rooms.list({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map((room) => room.id)).toEqual(roomIds);
    expect(rest.nextCursor).toBeNull();
  });

  it("shows a request only once something was written, and to the asker as waiting", async () => {
    const { asFirst, asSecond, roomId, second } = await openRequest(node);
    expect((await asSecond.rooms.list({})).items).toEqual([]);
    expect((await asFirst.rooms.list({})).items).toMatchObject([
      { id: roomId, request: "outgoing", peer: second.user, presence: null, receipts: null },
    ]);
    await say(asFirst, roomId, "may I?");
    expect((await asSecond.rooms.list({})).items).toMatchObject([
      { id: roomId, request: "incoming", unread: 1 },
    ]);
    await say(asSecond, roomId, "you may");
    const [room] = (await asFirst.rooms.list({})).items;
    expect(room).toMatchObject({ request: null, presence: { online: false }, receipts: { readSeq: 2 } });
  });

  it("finds rooms by their names and by their peers', accents or not", async () => {
    const { asFirst, roomId, second } = await openConversation(node);
    const { roomId: groupId } = await asFirst.groups.create({ title: "Reunión de Ñandúes", userIds: [] });
    const found = async (query: string) => (await asFirst.rooms.list({ query })).items.map(({ id }) => id);
    expect(await found("nandu")).toEqual([groupId]);
    expect(await found("ÑANDÚES reun")).toEqual([groupId]);
    expect(await found(`@${second.user.username}`)).toEqual([roomId]);
    expect(await found("%")).toEqual([]);
    await expect(asFirst.rooms.list({ query: " " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("drops a request whose sender was blocked", async () => {
    const { asFirst, asSecond, roomId, first } = await openRequest(node);
    await say(asFirst, roomId, "may I?");
    await asSecond.contacts.block({ userId: first.user.id });
    expect((await asSecond.rooms.list({})).items).toEqual([]);
    expect((await asFirst.rooms.list({})).items).toMatchObject([{ id: roomId, request: "outgoing" }]);
  });

  it("refuses who is signed out, and pages of a size that is none", async () => {
    const nobody = await callerFor(node);
    await expect(nobody.rooms.list({})).rejects.toMatchObject({ message: "NOT_SIGNED_IN" });
    const ada = await callerFor(node, await member(node, "ada"));
    await expect(ada.rooms.list({ limit: 0 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("rooms.get", () => {
  it("shows a member the room, and a stranger what it shows of none", async () => {
    const { asFirst, roomId, second } = await openConversation(node);
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ id: roomId, peer: second.user, unread: 0 });
    const olga = await callerFor(node, await member(node, "olga"));
    const refusal = { code: "NOT_FOUND", message: "ROOM_NOT_FOUND" };
    await expect(olga.rooms.get({ roomId })).rejects.toMatchObject(refusal);
    await expect(olga.rooms.get({ roomId: randomUUID() })).rejects.toMatchObject(refusal);
    await expect(olga.rooms.get({ roomId: "7" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const nobody = await callerFor(node);
    await expect(nobody.rooms.get({ roomId })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("rooms.mute", () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000);

  it("is mine alone, lasts until it ends or I end it, and leaves the count of unread as it is", async () => {
    const { asFirst, asSecond, roomId, first } = await openConversation(node);
    const until = inAnHour();
    await asFirst.rooms.mute({ roomId, until });
    await say(asSecond, roomId, "anybody?");
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ mutedUntil: until, unread: 1 });
    expect(await asSecond.rooms.get({ roomId })).toMatchObject({ mutedUntil: null });
    await node.db.membership.update({
      where: { roomId_userId: { roomId, userId: first.user.id } },
      data: { mutedUntil: new Date() },
    });
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ mutedUntil: null });
    await asFirst.rooms.mute({ roomId, until: mutedForGood });
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ mutedUntil: mutedForGood });
    await asFirst.rooms.mute({ roomId, until: null });
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ mutedUntil: null });
  });

  it("refuses a stranger, who is signed out, and a moment beyond what can be stored", async () => {
    const { asFirst, roomId } = await openConversation(node);
    const olga = await callerFor(node, await member(node, "olga"));
    const nobody = await callerFor(node);
    const until = inAnHour();
    await expect(olga.rooms.mute({ roomId, until })).rejects.toMatchObject({ message: "ROOM_NOT_FOUND" });
    await expect(nobody.rooms.mute({ roomId, until })).rejects.toMatchObject({ message: "NOT_SIGNED_IN" });
    const beyond = new Date(mutedForGood.getTime() + 1);
    await expect(asFirst.rooms.mute({ roomId, until: beyond })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

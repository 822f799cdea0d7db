import { randomUUID } from "node:crypto";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { RouterOutputs } from "~/server/trpc/root";
import type { Contact } from "~/shared/contacts";
import { callerFor } from "~/test/cast";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { strangers, watchRights } from "~/test/strangers";

describe("somebody who is signed out", () => {
  const id = randomUUID();
  it.each([
    ["list", (api) => api.contacts.list()],
    ["add", (api) => api.contacts.add({ userId: id })],
    ["remove", (api) => api.contacts.remove({ contactId: id })],
    ["accept", (api) => api.contacts.accept({ roomId: id })],
    ["block", (api) => api.contacts.block({ userId: id })],
    ["unblock", (api) => api.contacts.unblock({ userId: id })],
    ["blocked", (api) => api.contacts.blocked()],
  ] satisfies [string, (api: Awaited<ReturnType<typeof callerFor>>) => Promise<unknown>][])(
    "is refused contacts.%s",
    async (_, call) => {
      await using node = await testRuntime();
      await expect(call(await callerFor(node))).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
    },
  );
});

describe("contacts.add", () => {
  it("puts somebody on my list, on nobody else's, and opens a room that to them is a request", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const contact = await dora.api.contacts.add({ username: elena.user.username.toUpperCase() });
    expect(contact).toEqual({ ...contact, user: elena.user, presence: null });
    expect(await dora.api.contacts.list()).toEqual({ items: [contact], nextCursor: null });
    expect(await elena.api.contacts.list()).toEqual({ items: [], nextCursor: null });

    expect(await dora.api.rooms.get({ roomId: contact.roomId })).toMatchObject({ request: "outgoing" });
    expect(
      await node.db.membership.findMany({ where: { roomId: contact.roomId, acceptedAt: null } }),
    ).toMatchObject([{ userId: elena.user.id }]);
    expectTypeOf<RouterOutputs["contacts"]["add"]>().toEqualTypeOf<Contact>();
    expectTypeOf<RouterOutputs["contacts"]["list"]>().toEqualTypeOf<{ items: Contact[]; nextCursor: null }>();
  });

  it("answers with the same contact when repeated, and troubles nobody with it", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const first = await dora.api.contacts.add({ userId: elena.user.id });
    const revOf = () => node.db.user.findUnique({ where: { id: elena.user.id }, select: { rev: true } });
    const rev = await revOf();
    expect(await dora.api.contacts.add({ userId: elena.user.id })).toEqual(first);
    expect(await revOf()).toEqual(rev);
  });

  it("opens one room, accepted by both, when two people add each other at the same time", async () => {
    await using node = await testRuntime();
    await using otherNode = await testRuntime();
    const { dora, elena } = await strangers(node);
    const elenaElsewhere = await callerFor(otherNode, elena);
    const contacts = await Promise.all(
      Array.from({ length: 8 }, () => [
        dora.api.contacts.add({ userId: elena.user.id }),
        elenaElsewhere.contacts.add({ userId: dora.user.id }),
      ]).flat(),
    );
    const [roomId, ...otherRooms] = new Set(contacts.map((contact) => contact.roomId));
    expect(otherRooms).toEqual([]);
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(2);
    const memberships = await node.db.membership.findMany({ where: { roomId: roomId ?? "" } });
    expect(memberships.map(({ acceptedAt }) => acceptedAt)).toEqual([expect.any(Date), expect.any(Date)]);
  });

  it("accepts the request of somebody who added me, and tells them", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    await dora.send(roomId);
    const { told } = await watchRights(node, dora.user.id);
    expect((await elena.api.contacts.add({ userId: dora.user.id })).roomId).toBe(roomId);
    await told;
    expect(await dora.api.rooms.get({ roomId })).toMatchObject({ request: null });
    expect(await elena.api.rooms.get({ roomId })).toMatchObject({ request: null });
  });

  it("answers for somebody who blocked me as for nobody", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    await elena.api.contacts.block({ userId: dora.user.id });
    for (const who of [
      { userId: elena.user.id },
      { username: elena.user.username },
      { userId: randomUUID() },
    ]) {
      await expect(dora.api.contacts.add(who)).rejects.toMatchObject(refusal("USER_NOT_FOUND"));
    }
    await expect(dora.api.contacts.add({ username: "nobody-here" })).rejects.toMatchObject(
      refusal("USER_NOT_FOUND"),
    );
    expect(await node.db.membership.count({ where: { userId: dora.user.id } })).toBe(0);
  });

  it("goes on answering for a contact who blocked me since, who is to learn nothing of it", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const contact = await dora.api.contacts.add({ userId: elena.user.id });
    await elena.api.contacts.block({ userId: dora.user.id });
    expect(await dora.api.contacts.add({ userId: elena.user.id })).toEqual(contact);
    expect((await dora.api.contacts.list()).items).toEqual([contact]);
  });

  it("refuses myself and those I have blocked", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    await expect(dora.api.contacts.add({ userId: dora.user.id })).rejects.toMatchObject(
      refusal("CANNOT_ADD_YOURSELF"),
    );
    await dora.api.contacts.block({ userId: elena.user.id });
    await elena.api.contacts.block({ userId: dora.user.id });
    await expect(dora.api.contacts.add({ userId: elena.user.id })).rejects.toMatchObject(
      refusal("BLOCKED_BY_YOU"),
    );
  });

  it.each([
    ["neither name nor id", {}, ""],
    ["both", { username: "ada", userId: randomUUID() }, ""],
    ["an id that is none", { userId: "1" }, "userId"],
    ["a name that is none", { username: "a b c" }, "username"],
  ])("refuses %s", async (_, input, path) => {
    await using node = await testRuntime();
    const { dora } = await strangers(node);
    await expect(dora.api.contacts.add(input)).rejects.toMatchObject(invalidInput(path));
  });
});

describe("contacts.remove", () => {
  it("takes somebody off my list and leaves the room", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { id, roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    const { id: message } = await dora.send(roomId);
    expect((await dora.api.contacts.list()).items).toHaveLength(1);
    await dora.api.contacts.remove({ contactId: id });
    expect((await dora.api.contacts.list()).items).toEqual([]);
    expect((await dora.api.messages.list({ roomId })).items).toMatchObject([{ id: message }]);
    expect((await dora.api.contacts.add({ userId: elena.user.id })).roomId).toBe(roomId);
  });

  it("answers for somebody else's contact as for none, and leaves it there", async () => {
    await using node = await testRuntime();
    const { dora, elena, olga } = await strangers(node);
    const { id } = await dora.api.contacts.add({ userId: elena.user.id });
    for (const contactId of [id, randomUUID()]) {
      await expect(olga.api.contacts.remove({ contactId })).rejects.toMatchObject(
        refusal("CONTACT_NOT_FOUND"),
      );
    }
    expect((await dora.api.contacts.list()).items).toHaveLength(1);
    await expect(dora.api.contacts.remove({ contactId: "1" })).rejects.toMatchObject(
      invalidInput("contactId"),
    );
  });
});

describe("contacts.accept", () => {
  it("makes the request an ordinary room, and tells who asked", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    await dora.send(roomId);
    expect(await elena.api.rooms.get({ roomId })).toMatchObject({ request: "incoming" });
    const { told } = await watchRights(node, dora.user.id);
    await elena.api.contacts.accept({ roomId });
    await told;
    expect(await elena.api.rooms.get({ roomId })).toMatchObject({ request: null });
    expect(await dora.api.rooms.get({ roomId })).toMatchObject({ request: null });
    expect((await elena.api.contacts.list()).items).toEqual([]);
  });

  it("finds no request where there is none to me", async () => {
    await using node = await testRuntime();
    const { dora, elena, olga } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    const notFound = refusal("ROOM_NOT_FOUND");
    await expect(dora.api.contacts.accept({ roomId })).rejects.toMatchObject(notFound);
    await expect(olga.api.contacts.accept({ roomId })).rejects.toMatchObject(notFound);
    await expect(elena.api.contacts.accept({ roomId: randomUUID() })).rejects.toMatchObject(notFound);
    await elena.api.contacts.accept({ roomId });
    await expect(elena.api.contacts.accept({ roomId })).rejects.toMatchObject(notFound);
    await expect(elena.api.contacts.accept({ roomId: "1" })).rejects.toMatchObject(invalidInput("roomId"));
  });

  it("finds none from somebody I have blocked", async () => {
    await using node = await testRuntime();
    const { dora, elena } = await strangers(node);
    const { roomId } = await dora.api.contacts.add({ userId: elena.user.id });
    await elena.api.contacts.block({ userId: dora.user.id });
    await expect(elena.api.contacts.accept({ roomId })).rejects.toMatchObject(refusal("ROOM_NOT_FOUND"));
  });
});

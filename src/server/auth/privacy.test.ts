import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { InboxEvent } from "~/shared/rooms";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { type Conversation, openConversation, say } from "~/test/conversation";
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

const here = { online: true, lastSeenAt: expect.any(Date) };

/** Two people who know each other, are here, and have a group. What the first sees of the second, and the reverse. */
const openTalk = async () => {
  const talk = await openConversation(node);
  const { first, second, asFirst, asSecond, roomId } = talk;
  const left = [node.presence.arrive(first.user.id), node.presence.arrive(second.user.id)];
  const leave = () => {
    for (const one of left) one();
  };
  const group = await asFirst.groups.create({ title: "Group", userIds: [second.user.id] });
  await say(asFirst, roomId, "hola");
  await say(asFirst, group.roomId, "hola");
  const seenBy = async (caller: Conversation["asFirst"], other: Member) => {
    const room = await caller.rooms.get({ roomId });
    const contacts = await caller.contacts.list();
    const members = await caller.groups.members(group);
    const member = members.find(({ user }) => user.id === other.user.id);
    return {
      presence: [
        room.presence,
        contacts.items.find(({ user }) => user.id === other.user.id)?.presence,
        member?.presence,
      ],
      reading: [room.receipts?.readSeq, member?.readSeq],
      deliveredSeq: room.receipts?.deliveredSeq,
    };
  };
  const bothSee = () => Promise.all([seenBy(asFirst, second), seenBy(asSecond, first)]);
  return { ...talk, group, bothSee, [Symbol.dispose]: leave };
};

const openInbox = async (person: Member) => {
  const client = openClient(server.url, person);
  const heard = await listen<InboxEvent>((handlers) =>
    client.api.rooms.onInbox.subscribe(undefined, handlers),
  );
  await vi.waitFor(() => expect(heard.data).not.toEqual([]));
  return { data: heard.data, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
};

describe("auth.updatePrivacy", () => {
  it("hides how far one has read, from both sides and everywhere, and nothing else", async () => {
    using talk = await openTalk();
    const { asFirst, asSecond, roomId, group, bothSee } = talk;
    for (const room of [roomId, group.roomId]) await asSecond.rooms.markRead({ roomId: room, seq: 2 });
    const before = await bothSee();
    expect(before).toMatchObject([{ reading: [1, 2] }, { reading: [1, 3] }]);
    expect(await asSecond.auth.updatePrivacy({ sharesReading: false })).toEqual({
      sharesReading: false,
      sharesPresence: true,
    });
    const isNothing = { reading: [null, null], presence: [here, here, here] };
    expect(await bothSee()).toMatchObject([isNothing, isNothing]);
    expect((await bothSee())[0].deliveredSeq).toBe(1);
    // What the first shares does not bring it back.
    await asFirst.auth.updatePrivacy({ sharesReading: true });
    expect(await bothSee()).toMatchObject([isNothing, isNothing]);
    await asSecond.auth.updatePrivacy({ sharesReading: true });
    expect(await bothSee()).toEqual(before);
    expect(await asSecond.auth.privacy()).toEqual({ sharesReading: true, sharesPresence: true });
  });

  it("hides that one is here, from both sides and everywhere, and nothing else", async () => {
    using talk = await openTalk();
    const { asFirst, asSecond, bothSee } = talk;
    const before = await bothSee();
    expect(before).toMatchObject([{ presence: [here, here, here] }, { presence: [here, here, here] }]);
    await asFirst.auth.updatePrivacy({ sharesPresence: false });
    const isNothing = { presence: [null, null, null], reading: [expect.any(Number), expect.any(Number)] };
    expect(await bothSee()).toMatchObject([isNothing, isNothing]);
    await asSecond.auth.updatePrivacy({ sharesPresence: false });
    await asFirst.auth.updatePrivacy({ sharesPresence: true });
    expect(await bothSee()).toMatchObject([isNothing, isNothing]);
    await asSecond.auth.updatePrivacy({ sharesPresence: true });
    expect(await bothSee()).toMatchObject([
      { presence: [here, here, here] },
      { presence: [here, here, here] },
    ]);
  });

  it("is between the two of them: others go on seeing each other", async () => {
    using talk = await openTalk();
    const { asFirst, asSecond, first, second } = talk;
    const third = await newcomer(node);
    const asThird = await callerFor(node, third);
    const { roomId } = await asThird.contacts.add({ userId: second.user.id });
    await asSecond.contacts.add({ userId: third.user.id });
    await asFirst.auth.updatePrivacy({ sharesPresence: false, sharesReading: false });
    expect(await asThird.rooms.get({ roomId })).toMatchObject({ presence: here, receipts: { readSeq: 0 } });
    expect((await asThird.contacts.search({ query: first.user.username }))[0]).not.toHaveProperty("presence");
  });

  it("takes effect on open pages at once, both ways", async () => {
    using talk = await openTalk();
    const { asSecond, first, second, roomId } = talk;
    await using one = await openInbox(first);
    await using two = await openInbox(second);
    /** What the last event that told of the room said of the other. */
    const shown = ({ data }: typeof one) => {
      const rooms = data.flatMap((event) =>
        event.type === "snapshot" ? event.rooms : event.type === "room" ? [event.room] : [],
      );
      const room = rooms.findLast(({ id }) => id === roomId);
      return { online: room?.presence?.online, readSeq: room?.receipts?.readSeq };
    };
    for (const on of [false, true]) {
      await asSecond.auth.updatePrivacy({ sharesPresence: on, sharesReading: on });
      const expected = on
        ? { online: true, readSeq: expect.any(Number) }
        : { online: undefined, readSeq: null };
      for (const inbox of [one, two]) await vi.waitFor(() => expect(shown(inbox)).toEqual(expected));
    }
  });

  it("lets nobody notice what is not shared: neither reading nor writing nor coming nor going", async () => {
    using talk = await openTalk();
    const { asFirst, asSecond, first, second, roomId, group } = talk;
    await asSecond.auth.updatePrivacy({ sharesPresence: false, sharesReading: false });
    await using one = await openInbox(first);
    await using two = await openInbox(second);
    // Delivery is told, and is over with this.
    await say(asFirst, roomId, "delivered?");
    const delivered = { room: { receipts: { deliveredSeq: 2, readSeq: null } } };
    await vi.waitFor(() => expect(one.data.at(-1)).toMatchObject(delivered));
    await vi.waitFor(() => expect(two.data.at(-1)).toMatchObject({ room: { lastSeq: 2 } }));
    const [before, beforeTwo] = [one.data.length, two.data.length];

    await asSecond.rooms.markRead({ roomId, seq: 2 });
    await vi.waitFor(() => expect(two.data.at(-1)).toMatchObject({ room: { unread: 0 } }));
    for (const { roomId: where } of [{ roomId }, group]) {
      await asSecond.rooms.typing({ roomId: where });
      await asFirst.rooms.typing({ roomId: where });
    }
    node.presence.arrive(second.user.id)();
    const { seq } = await say(asFirst, group.roomId, "later than all of that");
    const last = { room: { id: group.roomId, lastSeq: seq } };
    for (const inbox of [one, two]) await vi.waitFor(() => expect(inbox.data.at(-1)).toMatchObject(last));
    expect(one.data.slice(before)).toMatchObject([last]);
    expect(two.data.slice(beforeTwo).some(({ type }) => type === "typing")).toBe(false);
  });

  it("refuses who is signed out", async () => {
    const nobody = await callerFor(node);
    const refusal = { message: "NOT_SIGNED_IN" };
    await expect(nobody.auth.privacy()).rejects.toMatchObject(refusal);
    await expect(nobody.auth.updatePrivacy({ sharesReading: false })).rejects.toMatchObject(refusal);
  });
});

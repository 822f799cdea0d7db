import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { InboxEvent } from "~/shared/rooms";
import { callerFor, member } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { listen, openClient, openSocketServer } from "~/test/socket";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

describe("rooms.markRead", () => {
  it("counts unread from where I am, moves only forward, and never past the end", async () => {
    const { asFirst, asSecond, roomId } = await openConversation(node);
    for (const body of ["one", "two", "three"]) await say(asFirst, roomId, body);
    const unread = async () => (await asSecond.rooms.get({ roomId })).unread;
    expect(await unread()).toBe(3);
    await asSecond.rooms.markRead({ roomId, seq: 2 });
    expect(await unread()).toBe(1);
    await asSecond.rooms.markRead({ roomId, seq: 1 });
    expect(await unread()).toBe(1);
    await asSecond.rooms.markRead({ roomId, seq: 999 });
    expect(await asSecond.rooms.get({ roomId })).toMatchObject({ unread: 0, lastReadSeq: 3 });
    expect(await asFirst.rooms.get({ roomId })).toMatchObject({ receipts: { deliveredSeq: 3, readSeq: 3 } });
    await say(asFirst, roomId, "four");
    expect(await unread()).toBe(1);
  });

  it("does not count what I wrote myself", async () => {
    const { asFirst, roomId } = await openConversation(node);
    await say(asFirst, roomId, "mine");
    expect((await asFirst.rooms.get({ roomId })).unread).toBe(0);
  });

  it("keeps who asked from seeing how far a request was read", async () => {
    const { asFirst, asSecond, roomId } = await openRequest(node);
    await say(asFirst, roomId, "may I?");
    await asSecond.rooms.markRead({ roomId, seq: 1 });
    expect((await asFirst.rooms.get({ roomId })).receipts).toBeNull();
  });

  it("refuses a stranger, who is signed out, and a number that is no seq", async () => {
    const { asFirst, roomId } = await openConversation(node);
    const olga = await callerFor(node, await member(node, "olga"));
    await expect(olga.rooms.markRead({ roomId, seq: 1 })).rejects.toMatchObject({
      message: "ROOM_NOT_FOUND",
    });
    const nobody = await callerFor(node);
    await expect(nobody.rooms.markRead({ roomId, seq: 1 })).rejects.toMatchObject({
      message: "NOT_SIGNED_IN",
    });
    await expect(asFirst.rooms.markRead({ roomId, seq: -1 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("rooms.markUnread", () => {
  /** Three messages of the first, all read by the second. */
  const openRead = async () => {
    const talk = await openConversation(node);
    for (const body of ["one", "two", "three"]) await say(talk.asFirst, talk.roomId, body);
    await talk.asSecond.rooms.markRead({ roomId: talk.roomId, seq: 3 });
    const mine = async () => {
      const { unread, lastReadSeq } = await talk.asSecond.rooms.get({ roomId: talk.roomId });
      return { unread, lastReadSeq };
    };
    const theirs = async () => (await talk.asFirst.rooms.get({ roomId: talk.roomId })).receipts?.readSeq;
    return { ...talk, mine, theirs };
  };

  it("counts from a message on, or from the last, and reading on from there counts down", async () => {
    const { asSecond, roomId, mine, theirs } = await openRead();
    await asSecond.rooms.markUnread({ roomId, seq: 2 });
    expect(await mine()).toEqual({ unread: 2, lastReadSeq: 1 });
    await asSecond.rooms.markRead({ roomId, seq: 2 });
    expect(await mine()).toEqual({ unread: 1, lastReadSeq: 2 });
    await asSecond.rooms.markRead({ roomId, seq: 3 });
    expect(await mine()).toEqual({ unread: 0, lastReadSeq: 3 });
    await asSecond.rooms.markUnread({ roomId });
    expect(await mine()).toEqual({ unread: 1, lastReadSeq: 2 });
    expect(await theirs()).toBe(3);
  });

  it("ends with an answer, and takes in what comes meanwhile", async () => {
    const { asFirst, asSecond, roomId, mine, theirs } = await openRead();
    await asSecond.rooms.markUnread({ roomId, seq: 3 });
    await say(asFirst, roomId, "four");
    expect(await mine()).toEqual({ unread: 2, lastReadSeq: 2 });
    expect(await theirs()).toBe(3);
    await say(asSecond, roomId, "five");
    expect(await mine()).toEqual({ unread: 0, lastReadSeq: 5 });
    expect(await theirs()).toBe(5);
  });

  it("is known to all my devices at once, and stirs nobody else", async () => {
    const { asSecond, roomId, second } = await openRead();
    await using server = await openSocketServer(node);
    await using client = openClient(server.url, second);
    const device = await listen<InboxEvent>((handlers) =>
      client.api.rooms.onInbox.subscribe(undefined, handlers),
    );
    await vi.waitFor(() => expect(device.data.at(-1)).toMatchObject({ type: "snapshot" }));
    const told: unknown[] = [];
    const stop = await node.rooms.watch([roomId], (_, event) => told.push(event));
    await asSecond.rooms.markUnread({ roomId, seq: 2 });
    const marked = { type: "room", room: { unread: 2, lastReadSeq: 1 } };
    await vi.waitFor(() => expect(device.data.at(-1)).toMatchObject(marked));
    await asSecond.rooms.markRead({ roomId, seq: 3 });
    await vi.waitFor(() => expect(device.data.at(-1)).toMatchObject({ room: { unread: 0 } }));
    const mineAlone = { type: "settings", userId: second.user.id };
    expect(told).toEqual([mineAlone, mineAlone]);
    stop();
  });

  it("refuses what is no message of somebody else, a stranger, and who is signed out", async () => {
    const { asFirst, asSecond, roomId } = await openRead();
    const noMessage = { message: "MESSAGE_NOT_FOUND" };
    await expect(asFirst.rooms.markUnread({ roomId, seq: 2 })).rejects.toMatchObject(noMessage);
    await expect(asFirst.rooms.markUnread({ roomId })).rejects.toMatchObject(noMessage);
    await expect(asSecond.rooms.markUnread({ roomId, seq: 4 })).rejects.toMatchObject(noMessage);
    await asFirst.messages.delete({ roomId, seq: 2 });
    await expect(asSecond.rooms.markUnread({ roomId, seq: 2 })).rejects.toMatchObject(noMessage);
    const olga = await callerFor(node, await member(node, "olga"));
    await expect(olga.rooms.markUnread({ roomId })).rejects.toMatchObject({ message: "ROOM_NOT_FOUND" });
    const nobody = await callerFor(node);
    await expect(nobody.rooms.markUnread({ roomId })).rejects.toMatchObject({ message: "NOT_SIGNED_IN" });
  });
});

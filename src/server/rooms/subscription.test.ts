import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { InboxEvent, RoomSummary } from "~/shared/rooms";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import {
  type Heard,
  listen,
  openClient,
  openSocketServer,
  type TestClient,
  type TestSocketServer,
} from "~/test/socket";

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

/** Opens an inbox and resolves once its first snapshot is there. */
const openInbox = async (client: TestClient): Promise<Heard<InboxEvent>> => {
  const heard = await listen<InboxEvent>((handlers) =>
    client.api.rooms.onInbox.subscribe(undefined, handlers),
  );
  await vi.waitFor(() => expect(heard.data).not.toEqual([]));
  return heard;
};

/** What a client knows of its rooms that does nothing but apply the events. */
const stateOf = (heard: Heard<InboxEvent>): Map<string, RoomSummary> => {
  const rooms = new Map<string, RoomSummary>();
  for (const event of heard.data) {
    if (event.type === "snapshot") {
      rooms.clear();
      for (const room of event.rooms) rooms.set(room.id, room);
    } else if (event.type === "room") rooms.set(event.room.id, event.room);
    else if (event.type === "gone") rooms.delete(event.roomId);
  }
  return rooms;
};

describe("rooms.onInbox", () => {
  it("opens with a snapshot and tells each room that changes", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    await using client = openClient(server.url, first);
    const inbox = await openInbox(client);
    expect(inbox.data[0]).toMatchObject({ type: "snapshot", rooms: [{ id: roomId, unread: 0 }] });
    await say(asSecond, roomId, "hola");
    await vi.waitFor(() =>
      expect(stateOf(inbox).get(roomId)).toMatchObject({ unread: 1, lastMessage: { body: "hola" } }),
    );
    await asFirst.rooms.markRead({ roomId, seq: 1 });
    await vi.waitFor(() => expect(stateOf(inbox).get(roomId)).toMatchObject({ unread: 0 }));
  });

  it("shows a request to whom it is made, from somebody they had never heard of", async () => {
    const me = await newcomer(node);
    await using client = openClient(server.url, me);
    const inbox = await openInbox(client);
    expect(inbox.data).toEqual([{ type: "snapshot", rooms: [], nextCursor: null }]);
    const stranger = await newcomer(node);
    const asStranger = await callerFor(node, stranger);
    const { roomId } = await asStranger.contacts.add({ userId: me.user.id });
    await say(asStranger, roomId, "may I?");
    await vi.waitFor(() =>
      expect(stateOf(inbox).get(roomId)).toMatchObject({
        request: "incoming",
        peer: stranger.user,
        unread: 1,
      }),
    );
    const asMe = await callerFor(node, me);
    await asMe.contacts.block({ userId: stranger.user.id });
    await vi.waitFor(() => expect(stateOf(inbox).has(roomId)).toBe(false));
  });

  it("shows how far a message came: sent, delivered, read", async () => {
    const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
    await using one = openClient(server.url, first);
    const inbox = await openInbox(one);
    await say(asFirst, roomId, "hola");
    await vi.waitFor(() =>
      expect(stateOf(inbox).get(roomId)).toMatchObject({
        lastSeq: 1,
        receipts: { deliveredSeq: 0, readSeq: 0 },
      }),
    );
    await using two = openClient(server.url, second);
    await openInbox(two);
    await say(asFirst, roomId, "there?");
    await vi.waitFor(() =>
      expect(stateOf(inbox).get(roomId)).toMatchObject({ receipts: { deliveredSeq: 2, readSeq: 0 } }),
    );
    await asSecond.rooms.markRead({ roomId, seq: 2 });
    await vi.waitFor(() =>
      expect(stateOf(inbox).get(roomId)).toMatchObject({ receipts: { deliveredSeq: 2, readSeq: 2 } }),
    );
  });

  it("shows who comes online to those who may know, and nothing at all to the others", async () => {
    const { first, second, roomId } = await openConversation(node);
    const request = await openRequest(node);
    await using one = openClient(server.url, first);
    await using asker = openClient(server.url, request.first);
    const [inbox, askers] = [await openInbox(one), await openInbox(asker)];
    await using two = openClient(server.url, second);
    await using asked = openClient(server.url, request.second);
    await Promise.all([openInbox(two), openInbox(asked)]);
    await vi.waitFor(() => expect(stateOf(inbox).get(roomId)).toMatchObject({ presence: { online: true } }));
    // Not even that something happened.
    expect(askers.data).toHaveLength(1);
    expect(stateOf(askers).get(request.roomId)).toMatchObject({ presence: null, receipts: null });
  });

  it("tells who is writing to those who may know, and to nobody else", async () => {
    const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
    const request = await openRequest(node);
    await say(request.asFirst, request.roomId, "may I?");
    await using one = openClient(server.url, first);
    await using two = openClient(server.url, second);
    await using asked = openClient(server.url, request.second);
    const [inbox, own, askeds] = [await openInbox(one), await openInbox(two), await openInbox(asked)];
    await asSecond.rooms.typing({ roomId });
    await request.asFirst.rooms.typing({ roomId: request.roomId });
    await vi.waitFor(() => expect(inbox.data.at(-1)).toEqual({ type: "typing", roomId, user: second.user }));
    await asSecond.contacts.block({ userId: first.user.id });
    await asFirst.rooms.typing({ roomId });
    const writing = (heard: Heard<InboxEvent>) => heard.data.filter(({ type }) => type === "typing");
    await say(asFirst, roomId, "later than all of that");
    await vi.waitFor(() => expect(stateOf(inbox).get(roomId)).toMatchObject({ lastSeq: 1 }));
    expect([writing(own), writing(askeds)]).toEqual([[], []]);
  });

  it("tells all of one's devices of a muted room", async () => {
    const { first, asFirst, roomId } = await openConversation(node);
    await using client = openClient(server.url, first);
    const inbox = await openInbox(client);
    const until = new Date(Date.now() + 3_600_000);
    await asFirst.rooms.mute({ roomId, until });
    await vi.waitFor(() => expect(stateOf(inbox).get(roomId)).toMatchObject({ mutedUntil: until }));
  });

  it("heals by itself after a cut", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    await using client = openClient(server.url, first);
    const inbox = await openInbox(client);
    server.cut();
    await say(asSecond, roomId, "while you were away");
    await vi.waitFor(() => expect(stateOf(inbox).get(roomId)).toMatchObject({ unread: 1 }));
    expect(inbox.errors).toEqual([]);
  });
});

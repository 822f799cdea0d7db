import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Message } from "~/shared/messages";
import { member } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { listen, openClient, openSocketServer, type TestClient, type TestSocketServer } from "~/test/socket";

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

type Tracked = { id: string; data: Message };

/** The bodies of a room as its subscriber hears them, from `lastEventId` on. */
const follow = (client: TestClient, roomId: string, lastEventId?: string) =>
  listen<Tracked>((handlers) => client.api.messages.onMessage.subscribe({ roomId, lastEventId }, handlers));

const bodies = (heard: { data: Tracked[] }) => heard.data.map(({ data }) => data.body);

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe("messages.onMessage", () => {
  it("delivers to both sides, in order, the sender's own too", async () => {
    const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
    await using one = openClient(server.url, first);
    await using two = openClient(server.url, second, { byToken: true });
    const heard = [await follow(one, roomId, "0"), await follow(two, roomId, "0")];
    for (const body of numbered(1, 20)) await say(Number(body) % 2 ? asFirst : asSecond, roomId, body);
    await vi.waitFor(() => {
      for (const each of heard) expect(bodies(each)).toEqual(numbered(1, 20));
    });
  });

  it("comes back by itself after a cut, with exactly what it missed", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    await using client = openClient(server.url, first);
    const heard = await follow(client, roomId, "0");
    for (const body of numbered(1, 5)) await say(asSecond, roomId, body);
    await vi.waitFor(() => expect(bodies(heard)).toEqual(numbered(1, 5)));
    server.cut();
    for (const body of numbered(6, 30)) await say(asSecond, roomId, body);
    await vi.waitFor(() => expect(bodies(heard)).toEqual(numbered(1, 30)));
    expect(client.connections()).toBe(2);
    expect(heard.errors).toEqual([]);
  });

  it("comes back from far behind what is held in memory", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    await using present = openClient(server.url, first);
    await follow(present, roomId); // keeps the feed alive, so that its ring overflows
    const sent = await Promise.all(numbered(1, 700).map((body) => say(asSecond, roomId, body)));
    const inOrder = sent.sort((a, b) => a.seq - b.seq).map((message) => message.body);
    await using late = openClient(server.url, first);
    const heard = await follow(late, roomId, "0");
    await vi.waitFor(() => expect(bodies(heard)).toEqual(inOrder));
  });

  it("leaves no hole between a page and the stream that goes on from it", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    await say(asSecond, roomId, "before");
    const page = await asFirst.messages.list({ roomId });
    await say(asSecond, roomId, "between");
    await using client = openClient(server.url, first);
    const heard = await follow(client, roomId, String(page.rev));
    await say(asSecond, roomId, "after");
    await vi.waitFor(() => expect(bodies(heard)).toEqual(["between", "after"]));
  });

  it("reaches the clients of every node", async () => {
    await using other = await testRuntime();
    await using elsewhere = await openSocketServer(other);
    const { first, second, asFirst, roomId } = await openConversation(node);
    await using one = openClient(server.url, first);
    await using two = openClient(elsewhere.url, second);
    const heard = [await follow(one, roomId), await follow(two, roomId)];
    await say(asFirst, roomId, "to all nodes");
    await vi.waitFor(() => {
      for (const each of heard) expect(bodies(each)).toEqual(["to all nodes"]);
    });
  });

  it("shows who blocked somebody nothing of what they send", async () => {
    const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
    await using one = openClient(server.url, first);
    await using two = openClient(server.url, second);
    const [sender, blocker] = [await follow(one, roomId), await follow(two, roomId)];
    await asSecond.contacts.block({ userId: first.user.id });
    await say(asFirst, roomId, "unheard");
    await asSecond.contacts.unblock({ userId: first.user.id });
    await say(asFirst, roomId, "heard");
    await vi.waitFor(() => expect(bodies(blocker)).toEqual(["heard"]));
    expect(bodies(sender)).toEqual(["unheard", "heard"]);
  });

  it("lets nobody else listen", async () => {
    const { roomId } = await openConversation(node);
    await using olga = openClient(server.url, await member(node, "olga"));
    expect((await follow(olga, roomId)).errors).toEqual(["ROOM_NOT_FOUND"]);
    await using nobody = openClient(server.url);
    expect((await follow(nobody, roomId)).errors).toEqual(["NOT_SIGNED_IN"]);
  });

  it("ends with the session, at once", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    await using client = openClient(server.url, first);
    const heard = await follow(client, roomId);
    await asFirst.auth.signOut();
    await vi.waitFor(() => expect(heard.errors).toEqual(["NOT_SIGNED_IN"]));
    await say(asSecond, roomId, "too late");
    expect(heard.data).toEqual([]);
  });

  it("leaves nothing behind when everybody has gone", async () => {
    const { first, roomId } = await openConversation(node);
    await vi.waitFor(() => expect(node.feeds.size).toBe(0));
    await using client = openClient(server.url, first);
    const heard = await follow(client, roomId);
    await vi.waitFor(() => expect(node.feeds.size).toBe(1));
    heard.stop();
    await vi.waitFor(() => expect(node.feeds.size).toBe(0));
  });
});

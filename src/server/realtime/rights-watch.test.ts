import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { closeCodes } from "~/server/admission";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import type { InboxEvent } from "~/shared/rooms";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { lossyBackplane } from "~/test/lossy-backplane";
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

/** Moves the end of somebody's only session, and tells nobody. */
const expire = (member: Member, inMs: number) =>
  node.db.session.updateMany({
    where: { userId: member.user.id },
    data: { expiresAt: new Date(Date.now() + inMs) },
  });

const openInbox = async (member: Member) => {
  const client = openClient(server.url, member);
  const inbox = await listen<InboxEvent>((handlers) =>
    client.api.rooms.onInbox.subscribe(undefined, handlers),
  );
  await vi.waitFor(() => expect(inbox.data).toHaveLength(1));
  return { client, inbox };
};

describe("a session that expires", () => {
  it("takes its streams and sockets along, though nothing happens that would make anybody look", async () => {
    const me = await newcomer(node);
    await expire(me, 2_000);
    const plain = new WebSocket(server.url, { headers: { cookie: me.cookie } });
    await once(plain, "open");
    const { client, inbox } = await openInbox(me);
    await using _ = client;
    const [code] = await once(plain, "close");
    expect(code).toBe(closeCodes.signInFirst);
    await vi.waitFor(() => expect(inbox.errors).toContain("NOT_SIGNED_IN"));
  });

  it("takes nothing along where its use has moved the end on", async () => {
    const [used, unused] = [await newcomer(node), await newcomer(node)];
    await Promise.all([expire(used, 2_000), expire(unused, 2_000)]);
    const one = await openInbox(used);
    await using _one = one.client;
    const other = await openInbox(unused);
    await using _other = other.client;
    await expire(used, 60_000);
    await vi.waitFor(() => expect(other.inbox.errors).toContain("NOT_SIGNED_IN"), 5_000);
    const asUsed = await callerFor(node, used);
    await asUsed.groups.create({ title: "still here", userIds: [] });
    await vi.waitFor(() => expect(one.inbox.data.length).toBeGreaterThan(1));
    expect(one.inbox.errors).toEqual([]);
    expect(one.client.connections()).toBe(1);
  });
});

describe("a right that was taken away through a node whose announcements are all lost", () => {
  it("ends on the others nevertheless: with the session, and with the membership", async () => {
    const backplane = lossyBackplane(createMemoryBackplane(createMemoryHub()), () => 0);
    await using mute = await testRuntime({ backplane });
    const [owner, taken, out] = [await newcomer(node), await newcomer(node), await newcomer(node)];
    const asOwner = await callerFor(mute, owner);
    const { roomId } = await asOwner.groups.create({ title: "Group", userIds: [taken.user.id, out.user.id] });
    const follow = async (member: Member) => {
      const client = openClient(server.url, member);
      return { client, heard: await listen((to) => client.api.messages.onMessage.subscribe({ roomId }, to)) };
    };
    const [ofTaken, ofOut] = [await follow(taken), await follow(out)];
    await using _taken = ofTaken.client;
    await using _out = ofOut.client;
    expect([ofTaken.heard.errors, ofOut.heard.errors]).toEqual([[], []]);
    await asOwner.groups.removeMember({ roomId, userId: taken.user.id });
    await (await callerFor(mute, out)).auth.signOut();
    await vi.waitFor(() => {
      expect(ofTaken.heard.errors).toEqual(["ROOM_NOT_FOUND"]);
      expect(ofOut.heard.errors).toEqual(["NOT_SIGNED_IN"]);
    }, 5_000);
  });
});

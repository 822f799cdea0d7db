import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import type { InboxEvent } from "~/shared/rooms";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { lossyBackplane } from "~/test/lossy-backplane";
import { uploadPicture } from "~/test/picture-uploads";
import { testRuntime } from "~/test/runtime";
import { openServer } from "~/test/server";
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

/** Somebody's live inbox, and the profiles that it told of. */
const openInbox = async (member: Member, at: TestSocketServer = server) => {
  const client = openClient(at.url, member);
  const inbox = await listen<InboxEvent>((handlers) =>
    client.api.rooms.onInbox.subscribe(undefined, handlers),
  );
  await vi.waitFor(() => expect(inbox.data.length).toBeGreaterThan(0));
  const profiles = () => inbox.data.flatMap((event) => (event.type === "profile" ? [event.user] : []));
  return { profiles, close: () => client[Symbol.asyncDispose]() };
};

describe("a changed profile", () => {
  it("reaches whoever shares a room with its person, and their own devices; nobody else", async () => {
    const { first, second, asFirst } = await openConversation(node);
    const stranger = await openConversation(node);
    const inboxes = await Promise.all([first, second, stranger.first].map((member) => openInbox(member)));
    const [mine, peers, strangers] = inboxes.map(({ profiles }) => profiles);
    const changed = await asFirst.auth.updateProfile({ displayName: "Zoë" });
    await vi.waitFor(() => expect(peers?.()).toEqual([changed]));
    await vi.waitFor(() => expect(mine?.()).toEqual([changed]));
    const theirs = await stranger.asSecond.auth.updateProfile({ displayName: "Somebody" });
    await vi.waitFor(() => expect(strangers?.()).toEqual([theirs]));
    expect(peers?.()).toEqual([changed]);
    for (const { close } of inboxes) await close();
  });

  it("reaches the members of a group, with the picture, and so does what is said afterwards", async () => {
    await using http = await openServer(node);
    const [owner, member] = [await newcomer(node), await newcomer(node)];
    const asOwner = await callerFor(node, owner);
    const { roomId } = await asOwner.groups.create({ title: "Fotos", userIds: [member.user.id] });
    const { profiles, close } = await openInbox(member);
    const pictureId = await uploadPicture({ origin: http.origin, member: owner });
    const changed = await asOwner.auth.setPicture({ pictureId });
    await vi.waitFor(() => expect(profiles()).toEqual([changed]));
    expect((await say(asOwner, roomId, "hola")).author).toEqual(changed);
    const asMember = await callerFor(node, member);
    const [first] = await asMember.groups.members({ roomId });
    expect(first?.user).toEqual(changed);
    expect((await asMember.messages.list({ roomId })).items[0]?.author).toEqual(changed);
    await close();
  });

  it("reaches other nodes though its announcement is lost", async () => {
    const hub = createMemoryHub();
    const deaf = lossyBackplane(createMemoryBackplane(hub), () => 0);
    await using other = await testRuntime({ backplane: deaf });
    await using there = await openSocketServer(other);
    const { second, asFirst } = await openConversation(node);
    const { profiles, close } = await openInbox(second, there);
    const changed = await asFirst.auth.updateProfile({ displayName: "Zoë" });
    await vi.waitFor(() => expect(profiles()).toEqual([changed]), 5_000);
    const again = await asFirst.auth.updateProfile({ displayName: "Zoë Ñandú" });
    await vi.waitFor(() => expect(profiles()).toEqual([changed, again]), 5_000);
    await close();
  });
});

it("who is named in a notice is called what they are called now", async () => {
  const [owner, member] = [await newcomer(node), await newcomer(node)];
  const asOwner = await callerFor(node, owner);
  const { roomId } = await asOwner.groups.create({ title: "Names", userIds: [member.user.id] });
  await asOwner.groups.setRole({ roomId, userId: member.user.id, role: "admin" });
  await asOwner.groups.removeMember({ roomId, userId: member.user.id });
  const user = await (await callerFor(node, member)).auth.updateProfile({ displayName: "Zoë" });
  const { items } = await asOwner.messages.list({ roomId });
  expect(items.map(({ notice }) => notice)).toEqual([
    { type: "created", title: "Names" },
    { type: "added", users: [user] },
    { type: "role", user, role: "admin" },
    { type: "removed", user },
  ]);
  const rows = await node.db.message.findMany({ where: { roomId }, select: { notice: true } });
  expect(JSON.stringify(rows)).not.toContain(member.user.username);
});

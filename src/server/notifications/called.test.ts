import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import type { Runtime } from "~/server/runtime";
import { mutedForGood } from "~/shared/limits";
import { type Caller, callerFor, type Member, newcomer } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { openPushes } from "~/test/pushes";
import { testRuntime } from "~/test/runtime";

const later = () => new Date(Date.now() + 3_600_000);

/** A group that the first of three opened and all are in. */
const openGroup = async (
  node: Runtime,
): Promise<{
  roomId: string;
  people: [Member, Member, Member];
  callers: Caller[];
}> => {
  const people: [Member, Member, Member] = [await newcomer(node), await newcomer(node), await newcomer(node)];
  const callers = await Promise.all(people.map((person) => callerFor(node, person)));
  const [owner, ...others] = callers;
  const userIds = people.slice(1).map(({ user }) => user.id);
  const { roomId } = (await owner?.groups.create({ title: "Mendoza", userIds })) ?? { roomId: "" };
  for (const other of others) await other.contacts.accept({ roomId });
  return { roomId, people, callers };
};

it("calls a person's browser, and it alone can read what it is told", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe, told } = pushes;
  const { roomId, first, asFirst, asSecond, second } = await openConversation(node);
  const { endpoint } = await subscribe(asSecond);
  await say(asFirst, roomId, "¿Vienes\n\nmañana?");
  expect(await told()).toEqual([
    {
      type: "message",
      roomId,
      seq: 1,
      title: null,
      author: first.user.displayName,
      pictureId: null,
      body: "¿Vienes mañana?",
      attachments: [],
      isRequest: false,
    },
  ]);
  const [{ path, headers } = { path: "", headers: {} }] = service.deliveries;
  expect(endpoint).toContain(path);
  expect(headers).toMatchObject({
    "content-encoding": "aes128gcm",
    ttl: "86400",
    urgency: "high",
    topic: roomId.replaceAll("-", ""),
    authorization: expect.stringMatching(/^vapid t=.+, k=/),
  });
  expect(second.user.id).not.toBe(first.user.id);
});

it("shows the face of who writes, or of the group", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, first, asFirst, asSecond, second } = await openConversation(node);
  await subscribe(asSecond);
  const upload = async () => {
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + 60_000);
    await node.db.picture.create({ data: { id, ownerId: first.user.id, expiresAt } });
    return id;
  };
  const [mine, ours] = [await upload(), await upload()];
  await asFirst.auth.setPicture({ pictureId: mine });
  await say(asFirst, roomId, "hola");
  expect(await told()).toMatchObject([{ roomId, pictureId: mine }]);
  const group = await asFirst.groups.create({ title: "Group", userIds: [second.user.id] });
  await asFirst.groups.setPicture({ ...group, pictureId: ours });
  await say(asFirst, group.roomId, "hola");
  expect(await told()).toContainEqual(expect.objectContaining({ roomId: group.roomId, pictureId: ours }));
});

it("calls once for what comes together in a room, with the last of it, and bounds what it tells", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, bodies } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  await say(asFirst, roomId, "one");
  await say(asFirst, roomId, "🦀".repeat(2_000));
  const [body = "", ...more] = await bodies();
  expect(more).toEqual([]);
  expect(body).toBe(`${"🦀".repeat(159)}…`);
});

it("calls nobody for their own words, for what they have read, deleted or cannot see", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, bodies } = pushes;
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await subscribe(asFirst);
  await subscribe(asSecond);
  await say(asFirst, roomId, "read at once");
  await asSecond.rooms.markRead({ roomId, seq: 1 });
  await say(asFirst, roomId, "taken back");
  await asFirst.messages.delete({ roomId, seq: 2 });
  await asSecond.contacts.block({ userId: first.user.id });
  await say(asFirst, roomId, "withheld");
  expect(await bodies()).toEqual([]);
});

it("calls for nobody whom they have blocked, in a group either", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, bodies } = pushes;
  const { roomId, people, callers } = await openGroup(node);
  const [asOwner, asOther, asThird] = callers as [Caller, Caller, Caller];
  await subscribe(asOther);
  await asOther.contacts.block({ userId: people[0].user.id });
  await say(asOwner, roomId, "blocked");
  expect(await bodies()).toEqual([]);
  await say(asThird, roomId, "not blocked");
  expect(await bodies()).toEqual(["not blocked"]);
});

it("calls for a mute room only with a mention, and not at all while one is not to be disturbed", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, people, callers } = await openGroup(node);
  const [asOwner, asOther] = callers as [Caller, Caller, Caller];
  const { username } = people[1].user;
  await subscribe(asOther);
  await asOther.rooms.mute({ roomId, until: later() });
  await say(asOwner, roomId, "muted");
  await say(asOwner, roomId, `and you, @${username.toUpperCase()}?`);
  await say(asOwner, roomId, `not you, x@${username}.`);
  expect(await told()).toMatchObject([{ title: "Mendoza", body: expect.stringContaining("and you") }]);

  await asOther.notifications.setDoNotDisturb({ until: mutedForGood });
  await say(asOwner, roomId, `@${username}!`);
  expect(await told()).toHaveLength(1);
  await asOther.notifications.setDoNotDisturb({ until: new Date(Date.now() - 1) });
  await say(asOwner, roomId, `@${username}?`);
  expect(await told()).toHaveLength(2);
});

it("calls once for a request, and does not tell what it says", async () => {
  await using pushes = await openPushes();
  const { node, subscribe, told } = pushes;
  const { roomId, first, asFirst, asSecond } = await openRequest(node);
  await subscribe(asSecond);
  await say(asFirst, roomId, "buy this");
  await say(asFirst, roomId, "buy that");
  expect(await told()).toMatchObject([{ isRequest: true, author: first.user.displayName, body: "", seq: 1 }]);
  await say(asFirst, roomId, "buy them all");
  expect(await told()).toHaveLength(1);
});

it("calls nobody who looks at a page of ours, through whichever node", async () => {
  await using pushes = await openPushes();
  const { node, service, subscribe, bodies } = pushes;
  const { roomId, asFirst, asSecond } = await openConversation(node);
  await subscribe(asSecond);
  await using other = await testRuntime({ pushHosts: [service.host] });
  const { second } = { second: await asSecond.auth.me() };
  const lookAway = other.looking.begin(second.id);
  await vi.waitFor(async () => expect(await node.looking.among([second.id])).toEqual(new Set([second.id])));
  await say(asFirst, roomId, "seen");
  expect(await bodies()).toEqual([]);
  lookAway();
  await vi.waitFor(async () => expect(await node.looking.among([second.id])).toEqual(new Set()));
  await say(asFirst, roomId, "not seen");
  expect(await bodies()).toEqual(["not seen"]);
});

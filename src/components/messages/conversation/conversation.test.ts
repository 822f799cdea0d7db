import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "~/shared/messages";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { bodies, openMessenger, until, untilReady } from "~/test/messenger";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";

type Node = Awaited<ReturnType<typeof testRuntime>>;

let node: Node;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

test("shows a room as it grows, on both sides, and lets go of what was sent", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await say(asSecond, roomId, "zero");
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);

  page.messenger.outbox.add(roomId, { body: "one" });
  await until(() => expect(bodies(conversation)).toEqual(["zero", "one"]));
  await until(() => expect(page.messenger.outbox.entries(roomId)).toEqual([]));
  await say(asSecond, roomId, "two");
  await until(() => expect(bodies(conversation)).toEqual(["zero", "one", "two"]));
  close();
});

test("opens around the first unread message, and pages both ways to the whole room", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  const all = Array.from({ length: 130 }, (_, index) => `message ${index + 1}`);
  for (const body of all) await say(asSecond, roomId, body);
  await asFirst.rooms.markRead({ roomId, seq: 60 });
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  expect(bodies(conversation)).toEqual(all.slice(35, 85));

  await conversation.loadNewer();
  await conversation.loadOlder();
  expect(bodies(conversation)).toEqual(all);
  close();
});

test("misses nothing while its connection is cut", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  const sent: string[] = [];
  for (let round = 0; round < 4; round++) {
    page.cut();
    for (const body of [`${round} a`, `${round} b`]) {
      await say(asSecond, roomId, body);
      sent.push(body);
    }
  }
  await until(() => expect(bodies(conversation)).toEqual(sent));
  close();
});

test("keeps trying while the server is out of reach, and at once when told that it is back", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await say(asSecond, roomId, "here");
  await using page = openMessenger(server, first);
  page.network.away = true;
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  page.messenger.outbox.add(roomId, { body: "written meanwhile" });
  await until(() => expect(conversation.getState().phase).toBe("stalled"));
  expect(page.messenger.outbox.entries(roomId)).toMatchObject([{ state: "waiting" }]);

  page.network.away = false;
  page.messenger.wake();
  await until(() => expect(bodies(conversation)).toEqual(["here", "written meanwhile"]));
  close();
});

test("comes back to a room where it was left, with what came meanwhile", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  conversation.open(await asFirst.rooms.get({ roomId }))();
  await say(asSecond, roomId, "while away");
  expect(page.messenger.conversation(roomId)).toBe(conversation);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await until(() => expect(bodies(conversation)).toEqual(["while away"]));
  await say(asSecond, roomId, "and live again");
  await until(() => expect(bodies(conversation)).toEqual(["while away", "and live again"]));
  close();
});

test("goes to a message anywhere in the room, and on from there both ways", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  const all = Array.from({ length: 210 }, (_, index) => `message ${index + 1}`);
  for (const body of all) await say(asSecond, roomId, body);
  await asFirst.rooms.markRead({ roomId, seq: 210 });
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }), 60);
  await untilReady(conversation);
  expect(bodies(conversation)).toEqual(all.slice(34, 84));
  expect(conversation.getState().target).toEqual({ seq: 60 });

  await conversation.showAt(200);
  expect(bodies(conversation)).toEqual(all.slice(174));
  await conversation.loadOlder();
  await conversation.loadOlder();
  await conversation.loadOlder();
  expect(bodies(conversation)).toEqual(all);
  const { epoch } = conversation.getState();
  await conversation.showAt(3);
  expect(conversation.getState()).toMatchObject({ epoch, target: { seq: 3 } });
  close();
});

test("goes where it was last told to, though it was still on its way elsewhere", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  for (let n = 1; n <= 120; n++) await say(asSecond, roomId, `message ${n}`);
  await asFirst.rooms.markRead({ roomId, seq: 120 });
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  page.network.away = true;
  const moves = [conversation.showAt(40), conversation.showAt(3)];
  await until(() => expect(conversation.getState().newer).toBe("stalled"));
  page.network.away = false;
  page.messenger.wake();
  await Promise.all(moves);
  expect(conversation.getState()).toMatchObject({ newer: "idle", target: { seq: 3 } });
  expect(bodies(conversation)[0]).toBe("message 1");
  close();
});

test("looks up a message outside of the window, and says where there is none", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  for (let n = 1; n <= 60; n++) await say(asSecond, roomId, `message ${n}`);
  await asFirst.rooms.markRead({ roomId, seq: 60 });
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  expect(conversation.messageAt(2)).toBeUndefined();
  await conversation.lookUp(2);
  expect(conversation.messageAt(2)).toMatchObject({ body: "message 2" });
  expect(bodies(conversation)).toHaveLength(50);
  await conversation.lookUp(900);
  expect(conversation.messageAt(900)).toBeNull();
  close();
});

test("shows a change at once, and takes it back if it is refused", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  const theirs = await say(asSecond, roomId, "theirs");
  const mine = await say(asFirst, roomId, "mine");
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  const correct = ({ seq }: Message, body: string) =>
    conversation.change(
      seq,
      (message) => ({ ...message, body }),
      () => asFirst.messages.edit({ roomId, seq, body }),
    );

  const done = correct(mine, "mine, corrected");
  expect(bodies(conversation)).toEqual(["theirs", "mine, corrected"]);
  const refused = correct(theirs, "not mine to correct");
  expect(bodies(conversation)).toEqual(["not mine to correct", "mine, corrected"]);
  await done;
  await expect(refused).rejects.toThrow("MESSAGE_NOT_FOUND");
  expect(bodies(conversation)).toEqual(["theirs", "mine, corrected"]);
  await until(() => expect(conversation.messageAt(mine.seq)?.editedAt).toBeInstanceOf(Date));
  close();
});

test("shows no message that one has deleted for oneself, here or elsewhere, until one has it back", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  for (const body of ["one", "two", "three"]) await say(asSecond, roomId, body);
  await using page = openMessenger(server, first);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  const hide = (seq: number, on: boolean) => asFirst.messages.hide({ roomId, seq, on });
  const here = conversation.change(
    1,
    (message) => ({ ...message, hidden: true }),
    () => hide(1, true),
  );
  expect(bodies(conversation)).toEqual(["two", "three"]);
  await here;
  await hide(2, true);
  await until(() => expect(bodies(conversation)).toEqual(["three"]));
  expect(conversation.messageAt(2)).toBeNull();
  await asSecond.messages.edit({ roomId, seq: 2, body: "two, corrected" });
  await hide(2, false);
  await until(() => expect(bodies(conversation)).toEqual(["two, corrected", "three"]));
  close();
});

test("tells a stranger no more than that there is no such room", async () => {
  const { roomId, asFirst } = await openConversation(node);
  const room = await asFirst.rooms.get({ roomId });
  const stranger = await newcomer(node);
  await expect((await callerFor(node, stranger)).rooms.get({ roomId })).rejects.toThrow("ROOM_NOT_FOUND");
  await using page = openMessenger(server, stranger);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(room);
  await until(() =>
    expect(conversation.getState()).toMatchObject({ phase: "refused", reason: "ROOM_NOT_FOUND" }),
  );
  close();
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeptRoom } from "~/browser/kept-account";
import { openConversation, say } from "~/test/conversation";
import { bodies, openMessenger, until, untilReady } from "~/test/messenger";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import type { History } from "./history";
import { RoomTimeline } from "./room-timeline";

let node: Awaited<ReturnType<typeof testRuntime>>;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** A browser's history, without the browser. */
const memoryHistory = (): History => {
  const rooms = new Map<string, KeptRoom>();
  return {
    restore: async (roomId) => {
      const kept = rooms.get(roomId);
      return kept ? new RoomTimeline(kept, kept.page) : null;
    },
    keep: (roomId, timeline) => void rooms.set(roomId, structuredClone(timeline.toKept(100))),
    forget: (roomId) => void rooms.delete(roomId),
  };
};

test("shows what was read before when nothing can be reached, and goes on from there once it can", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await say(asSecond, roomId, "read before");
  const history = memoryHistory();
  {
    await using page = openMessenger(server, first, history);
    const conversation = page.messenger.conversation(roomId);
    const close = conversation.open(await asFirst.rooms.get({ roomId }));
    await untilReady(conversation);
    close();
  }
  await say(asSecond, roomId, "not read yet");
  await using page = openMessenger(server, first, history);
  page.network.away = true;
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(await asFirst.rooms.get({ roomId }));
  await untilReady(conversation);
  expect(bodies(conversation)[0]).toBe("read before");
  // The stream, which is another connection, brings the rest.
  await until(() => expect(bodies(conversation)).toEqual(["read before", "not read yet"]));
  close();
});

test("keeps nothing of a room that is no longer one's own", async () => {
  const { roomId, asFirst, asSecond, first } = await openConversation(node);
  await say(asSecond, roomId, "hola");
  const room = await asFirst.rooms.get({ roomId });
  const history = memoryHistory();
  await using page = openMessenger(server, first, history);
  const conversation = page.messenger.conversation(roomId);
  const close = conversation.open(room);
  await untilReady(conversation);
  await until(async () => expect(await history.restore(roomId)).not.toBeNull());
  await node.accounts.change([first.user.id], (tx) =>
    tx.membership.deleteMany({ where: { roomId, userId: first.user.id } }),
  );
  await until(() => expect(conversation.getState()).toMatchObject({ phase: "refused" }));
  expect(await history.restore(roomId)).toBeNull();
  close();
});

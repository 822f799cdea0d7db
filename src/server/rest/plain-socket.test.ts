import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { type Member, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { openPlain } from "~/test/plain-client";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { openSocketServer } from "~/test/socket";

let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const tokenOf = async (member: Member): Promise<string> => (await logIn(server.origin, member)).access_token;

const bodies = (frames: { [field: string]: unknown }[]) => frames.map(({ body }) => body);

describe("the plain WebSocket", () => {
  it("takes and gives messages, in order, to both sides", async () => {
    const { first, second, roomId } = await openConversation(node);
    await using one = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
    await using two = openPlain(server.origin, `${roomId}/`, {
      authorization: `Bearer ${await tokenOf(second)}`,
    });
    await Promise.all([one.hear("ready"), two.hear("ready")]);
    for (let index = 1; index <= 20; index += 1) one.say({ type: "message", body: `hola ${index}` });
    const expected = Array.from({ length: 20 }, (_, index) => `hola ${index + 1}`);
    expect(bodies(await two.hear("message", 20))).toEqual(expected);
    expect(bodies(await one.hear("message", 20))).toEqual(expected);
    expect((await one.hear("ack", 20)).map(({ seq }) => seq)).toEqual(expected.map((_, index) => index + 1));
    expect(two.frames.at(-1)).toMatchObject({
      type: "message",
      roomId,
      seq: 20,
      author: first.user,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it("takes the token in the first frame, and messages sent right behind it", async () => {
    const { first, roomId } = await openConversation(node);
    const token = await tokenOf(first);
    await using client = openPlain(server.origin, roomId);
    client.ws.once("open", () => {
      client.say({ type: "message", body: "too early" });
      client.say({ type: "auth", token });
      client.say({ type: "message", body: "in time" });
    });
    expect(await client.hear("error")).toMatchObject([{ code: "NOT_SIGNED_IN" }]);
    expect(bodies(await client.hear("message"))).toEqual(["in time"]);
  });

  it("stores a message that is sent again once, and answers both times", async () => {
    const { first, asFirst, roomId } = await openConversation(node);
    await using client = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
    await client.hear("ready");
    const clientId = randomUUID();
    for (let times = 0; times < 2; times += 1) client.say({ type: "message", body: "once", clientId });
    const [one, two] = await client.hear("ack", 2);
    expect(two).toEqual(one);
    expect((await asFirst.messages.list({ roomId })).items).toHaveLength(1);
    client.say({ type: "message", body: "another", clientId });
    const error = { type: "error", code: "CLIENT_ID_REUSED", clientId, requestId: expect.any(String) };
    expect(await client.hear("error")).toEqual([error]);
  });

  it("goes on from the rev that it is given", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    for (const body of ["1", "2", "3"]) await say(asSecond, roomId, body);
    await using client = openPlain(server.origin, `${roomId}?since=1&token=${await tokenOf(first)}`);
    expect(bodies(await client.hear("message", 2))).toEqual(["2", "3"]);
  });

  it("is fed by every node", async () => {
    await using other = await testRuntime();
    await using elsewhere = await openServer(other);
    const { first, second, roomId } = await openConversation(node);
    await using one = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
    await using two = openPlain(elsewhere.origin, `${roomId}?token=${await tokenOf(second)}`);
    await Promise.all([one.hear("ready"), two.hear("ready")]);
    one.say({ type: "message", body: "to all nodes" });
    expect(bodies(await two.hear("message"))).toEqual(["to all nodes"]);
  });

  it("answers what it cannot take with a typed error, and goes on", async () => {
    const { first, roomId } = await openConversation(node);
    await using client = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
    await client.hear("ready");
    const clientId = randomUUID();
    for (const frame of ["{", "null", "[]", '{"type":"shout"}', { type: "message", body: " ", clientId }])
      client.say(frame);
    client.ws.send(Buffer.from([1, 2, 3]));
    client.say({ type: "ping" });
    await client.hear("pong");
    const errors = client.frames.filter(({ type }) => type === "error");
    expect(errors.map(({ code }) => code)).toEqual(Array(6).fill("INVALID_INPUT"));
    expect(errors[4]).toMatchObject({ clientId, fields: { body: ["bodyEmpty"] } });
  });

  it("lets nobody else in, and does not say whether the room exists", async () => {
    const { roomId } = await openConversation(node);
    const token = await tokenOf(await newcomer(node));
    for (const room of [roomId, randomUUID()]) {
      await using client = openPlain(server.origin, `${room}?token=${token}`);
      expect(await client.closed).toEqual({ code: 4404, reason: "ROOM_NOT_FOUND" });
      const error = { type: "error", code: "ROOM_NOT_FOUND", requestId: expect.any(String) };
      expect(client.frames).toEqual([error]);
    }
    await using lost = openPlain(server.origin, `general?token=${token}`);
    expect(await lost.closed).toEqual({ code: 4422, reason: "INVALID_INPUT" });
  });

  it("closes within a second of the session's end", async () => {
    const { first, roomId } = await openConversation(node);
    const token = await tokenOf(first);
    await using client = openPlain(server.origin, `${roomId}?token=${token}`);
    await client.hear("ready");
    const began = performance.now();
    await fetch(`${server.origin}/api/auth/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await client.closed).code).toBe(4401);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(client.frames.at(-1)).toMatchObject({ type: "error" });
  });

  it("sends its clients elsewhere before it stops, and they miss nothing", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    const token = await tokenOf(first);
    await using leaving = await openSocketServer(node);
    await using here = openPlain(new URL(leaving.url).origin, `${roomId}?token=${token}`);
    await here.hear("ready");
    await say(asSecond, roomId, "before");
    const [last] = await here.hear("message");
    const drained = leaving.drain(200);
    await here.hear("reconnect");
    expect(await here.closed).toMatchObject({ code: 1012 });
    await say(asSecond, roomId, "meanwhile");
    await using there = openPlain(server.origin, `${roomId}?since=${last?.["rev"]}&token=${token}`);
    expect(bodies(await there.hear("message"))).toEqual(["meanwhile"]);
    await drained;
  });

  it("waits for a reader that does not read, and gives it everything once it does", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    await using client = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
    await client.hear("ready");
    client.ws.pause();
    const count = 300;
    const text = "x".repeat(4_000);
    await Promise.all(Array.from({ length: count }, () => say(asSecond, roomId, text)));
    client.ws.resume();
    const seqs = (await client.hear("message", count)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it("shows its person as present, and leaves nothing behind", async () => {
    const { first, asSecond, asFirst, roomId } = await openConversation(node);
    await say(asFirst, roomId, "hola");
    await say(asSecond, roomId, "hola");
    await vi.waitFor(() => expect(node.feeds.size).toBe(0));
    {
      await using client = openPlain(server.origin, `${roomId}?token=${await tokenOf(first)}`);
      await client.hear("ready");
      const [contact] = (await asSecond.contacts.list()).items;
      expect(contact?.presence).toMatchObject({ online: true });
      await vi.waitFor(() => expect(node.feeds.size).toBe(1));
    }
    await vi.waitFor(() => expect(node.feeds.size).toBe(0));
  });
});

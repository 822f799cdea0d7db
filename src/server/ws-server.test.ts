import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { OwnedRuntime } from "~/server/create-runtime";
import { type Member, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { allowedOrigin, listen, openClient, openSocketServer, type TestSocketServer } from "~/test/socket";
import { closeCodes } from "./admission";
import { socketLimits } from "./ws-server";

let node: OwnedRuntime;
let server: TestSocketServer;
let me: Member;
beforeAll(async () => {
  node = await testRuntime();
  server = await openSocketServer(node);
  me = await newcomer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const handshake = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** Sends a handshake byte for byte and resolves to all that came back before the server hung up. */
const knock = async (requestLine: string, headers: string[]): Promise<string> => {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.end(`${[requestLine, ...handshake, ...headers].join("\r\n")}\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
};

const open = async (headers: Record<string, string> = {}): Promise<WebSocket> => {
  const ws = new WebSocket(server.url, { headers: { cookie: me.cookie, ...headers } });
  await once(ws, "open");
  return ws;
};

describe("the door of the WebSocket", () => {
  it.each([
    ["a URL that is none", "GET //[ HTTP/1.1", ["Host: charla.test"], 400],
    ["a Host that is none", "GET /api/ws HTTP/1.1", ["Host: a b"], 400],
    ["a path that nobody serves", "GET /elsewhere HTTP/1.1", ["Host: charla.test"], 404],
    [
      "a page of another site",
      "GET /api/ws HTTP/1.1",
      ["Host: charla.test", "Origin: https://evil.test"],
      403,
    ],
    [
      "a page without an origin of its own",
      "GET /api/ws HTTP/1.1",
      ["Host: charla.test", "Origin: null"],
      403,
    ],
    ["a key that is none", "GET /api/ws HTTP/1.1", ["Host: charla.test", "Sec-WebSocket-Key: x"], 400],
  ])("refuses %s and hangs up", async (_, requestLine, headers, status) => {
    expect(await knock(requestLine, headers)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("lets in programs, pages of its own host and pages of the origins that were named", async () => {
    const { host } = new URL(server.url);
    for (const headers of [{}, { origin: `http://${host}` }, { origin: allowedOrigin }]) {
      (await open(headers)).terminate();
    }
  });

  it("closes a socket whose frame is larger than any message", async () => {
    const ws = await open();
    ws.send("x".repeat(socketLimits.frameBytes + 1));
    const [code] = await once(ws, "close");
    expect(code).toBe(1009);
  });

  it.each([
    ["what is not JSON", "{"],
    ["what is no call", '{"id":1}'],
    ["a call of a procedure that is not there", '{"id":1,"method":"query","params":{"path":"auth.me"}}'],
  ])("answers %s with a typed error, and goes on", async (_, frame) => {
    const ws = await open();
    ws.send(frame);
    const [answer] = await once(ws, "message");
    expect(JSON.parse(String(answer))).toHaveProperty("error");
    expect(String(answer)).not.toMatch(/\bat .*\.[jt]s|node_modules|stack/);
    ws.send("PING");
    const [pong] = await once(ws, "message");
    expect(String(pong)).toBe("PONG");
    ws.terminate();
  });

  it.each([
    ["says nothing", "?connectionParams=1"],
    ["is nobody's", ""],
  ])("closes a socket that %s", async (_, query) => {
    await using strict = await openSocketServer(node, { signInMs: 50 });
    const [code] = await once(new WebSocket(strict.url + query), "close");
    expect(code).toBe(closeCodes.signInFirst);
  });

  it("keeps a socket that signed in", async () => {
    await using strict = await openSocketServer(node, { signInMs: 500 });
    const ws = new WebSocket(strict.url, { headers: { cookie: me.cookie } });
    await once(ws, "open");
    const stranger = new WebSocket(strict.url);
    await once(stranger, "close");
    expect(ws.readyState).toBe(WebSocket.OPEN);
    ws.terminate();
  });

  it("closes the fifty-first socket of one person, and lets in another once one has gone", async () => {
    const { cookie } = await newcomer(node);
    const enter = async () => {
      const ws = await open({ cookie });
      const closed = once(ws, "close");
      const ask = () => {
        ws.send(JSON.stringify({ id: 1, method: "query", params: { path: "nothing" } }));
        return Promise.race([once(ws, "message").then(() => "an answer"), closed]);
      };
      // Who is turned away may still hear one, to what was asked meanwhile.
      await ask();
      return { ws, heard: await ask() };
    };
    const crowd = await Promise.all(Array.from({ length: 50 }, enter));
    expect(crowd.filter(({ heard }) => heard === "an answer")).toHaveLength(50);
    expect((await enter()).heard).toMatchObject([closeCodes.tooMany, expect.anything()]);
    crowd[0]?.ws.terminate();
    await vi.waitFor(async () => expect((await enter()).heard).toBe("an answer"));
  });

  it("answers what it was asked before it closes", async () => {
    const { first, roomId } = await openConversation(node);
    const ws = await open({ cookie: first.cookie });
    const heard: unknown[] = [];
    ws.on("message", (data) => heard.push(JSON.parse(String(data))));
    const input = { json: { roomId, clientId: randomUUID(), body: "last words" } };
    ws.send(JSON.stringify({ id: 7, method: "mutation", params: { path: "messages.send", input } }));
    ws.close();
    await once(ws, "close");
    expect(heard).toMatchObject([{ id: 7, result: { data: { json: { body: "last words" } } } }]);
  });

  it("sends its clients elsewhere before it stops, and they miss nothing", async () => {
    const { first, asSecond, roomId } = await openConversation(node);
    await using leaving = await openSocketServer(node);
    let url = leaving.url;
    await using client = openClient(() => url, first);
    const heard = await listen<{ data: { body: string } }>((handlers) =>
      client.api.messages.onMessage.subscribe({ roomId }, handlers),
    );
    await say(asSecond, roomId, "before");
    await vi.waitFor(() => expect(heard.data).toHaveLength(1));
    url = server.url;
    const drained = leaving.drain(1_000);
    await say(asSecond, roomId, "during");
    await drained;
    await vi.waitFor(() => expect(leaving.sockets.size).toBe(0));
    await say(asSecond, roomId, "after");
    await vi.waitFor(
      () => expect(heard.data.map(({ data }) => data.body)).toEqual(["before", "during", "after"]),
      10_000,
    );
  });
});

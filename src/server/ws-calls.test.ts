import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { OwnedRuntime } from "~/server/create-runtime";
import { openConversation } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openSocketServer, type TestSocketServer } from "~/test/socket";
import { closeCodes } from "./admission";
import { callLimits } from "./ws-calls";
import { socketLimits } from "./ws-server";

let node: OwnedRuntime;
let server: TestSocketServer;
let roomId: string;
let cookie: string;
beforeAll(async () => {
  node = await testRuntime();
  server = await openSocketServer(node);
  const conversation = await openConversation(node);
  roomId = conversation.roomId;
  cookie = conversation.first.cookie;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const open = async (): Promise<WebSocket> => {
  const ws = new WebSocket(server.url, { headers: { cookie } });
  await once(ws, "open");
  return ws;
};

const subscription = (id: number) => ({
  id,
  method: "subscription",
  params: { path: "messages.onMessage", input: { json: { roomId } } },
});
const subscriptions = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => subscription(from + index));

const answers = (ws: WebSocket): { id: number; result?: { type: string } }[] => {
  const heard: { id: number; result?: { type: string } }[] = [];
  ws.on("message", (data) => heard.push(JSON.parse(String(data))));
  return heard;
};

describe("one socket's calls", () => {
  it("may be as many subscriptions in one frame as a client that comes back can have", async () => {
    const ws = await open();
    const heard = answers(ws);
    ws.send(JSON.stringify(subscriptions(callLimits.subscriptions)));
    const hasStarted = () =>
      expect(heard.filter(({ result }) => result?.type === "started")).toHaveLength(callLimits.subscriptions);
    await vi.waitFor(hasStarted, 10_000);
    ws.terminate();
    await vi.waitFor(() => expect(node.feeds.size).toBe(0), 5_000);
  });

  it("end the socket when one frame holds too many", async () => {
    const ws = await open();
    ws.send(JSON.stringify(subscriptions(callLimits.perFrame + 1)));
    expect((await once(ws, "close"))[0]).toBe(closeCodes.tooMany);
  });

  it("end the socket when too many subscriptions are open, under whatever ids", async () => {
    const ws = await open();
    const heard = answers(ws);
    ws.send(JSON.stringify(subscriptions(callLimits.subscriptions)));
    await vi.waitFor(() => expect(heard).toHaveLength(callLimits.subscriptions), 10_000);
    // The same ids again are refused, and free no place.
    ws.send(JSON.stringify(subscriptions(callLimits.subscriptions)));
    await vi.waitFor(() => expect(heard).toHaveLength(2 * callLimits.subscriptions), 10_000);
    ws.send(JSON.stringify(subscription(callLimits.subscriptions + 1)));
    expect((await once(ws, "close"))[0]).toBe(closeCodes.tooMany);
  });

  it("end the socket when they come too fast", async () => {
    const ws = await open();
    const frame = JSON.stringify(
      Array.from({ length: callLimits.perFrame }, (_, id) => ({ id, method: "query" })),
    );
    for (let sent = 0; sent <= callLimits.burst; sent += callLimits.perFrame) ws.send(frame);
    expect((await once(ws, "close"))[0]).toBe(closeCodes.tooMany);
  });

  it("end the socket when one comes in too many fragments", async () => {
    const ws = await open();
    for (let sent = 0; sent <= socketLimits.fragments; sent += 1) ws.send("[", { fin: false });
    expect((await once(ws, "close"))[0]).toBe(1008);
  });

  it("leave nothing running when a stop comes before the start", async () => {
    const ws = await open();
    const heard = answers(ws);
    ws.send(JSON.stringify([subscription(1), { id: 1, method: "subscription.stop" }]));
    await vi.waitFor(
      () => expect(heard.map(({ result }) => result?.type)).toEqual(["started", "stopped"]),
      5_000,
    );
    await vi.waitFor(() => expect(node.feeds.size).toBe(0), 5_000);
    ws.terminate();
  });
});

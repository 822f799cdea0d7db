import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { OwnedRuntime } from "~/server/create-runtime";
import { newcomer } from "~/test/cast";
import { keptLog } from "~/test/log";
import { openPlain } from "~/test/plain-client";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { nameRequest, requestIdOf } from "./incoming";
import { socketPath } from "./ws-server";

const { log, lines } = keptLog();
let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime({ log });
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const roomId = "00000000-0000-7000-8000-000000000000";

/** The `X-Request-Id` of an answer, and what its body says of the error. */
const ask = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(server.origin + path, { headers });
  const text = await response.text();
  const { error, ...problem } = text.startsWith("{") ? JSON.parse(text) : {};
  return { id: response.headers.get("x-request-id"), said: error?.json.data.requestId ?? problem.requestId };
};

describe("a request's id", () => {
  it("stands on every answer, and in what is said of an error", async () => {
    for (const path of ["/healthz", "/nowhere", "/api/openapi.json"]) {
      expect((await ask(path)).id).toMatch(uuid);
    }
    for (const path of ["/api/trpc/auth.me", "/api/rooms", `/api/attachments/${roomId}`]) {
      const { id, said } = await ask(path);
      expect(id).toMatch(uuid);
      expect(said, path).toBe(id);
    }
  });

  it("stands in the handshake of a socket, and in its errors", async () => {
    const ws = new WebSocket(`${server.origin.replace("http", "ws")}${socketPath}`);
    const [[upgrade]] = await Promise.all([once(ws, "upgrade"), once(ws, "open")]);
    ws.send(JSON.stringify({ id: 1, method: "query", params: { path: "messages.send", input: {} } }));
    const [answer] = await once(ws, "message");
    ws.terminate();
    expect(upgrade.headers["x-request-id"]).toMatch(uuid);
    expect(JSON.parse(String(answer)).error.json.data.requestId).toBe(upgrade.headers["x-request-id"]);

    await using plain = openPlain(server.origin, `${roomId}?token=none`);
    const [[upgraded], [error]] = await Promise.all([once(plain.ws, "upgrade"), plain.hear("error")]);
    expect(upgraded.headers["x-request-id"]).toMatch(uuid);
    expect(error?.["requestId"]).toBe(upgraded.headers["x-request-id"]);
  });

  it("finds the request in the log", async () => {
    const { cookie } = await newcomer(node);
    await node.db.$executeRaw`ALTER TABLE "Membership" RENAME TO "Elsewhere"`;
    const { id, said } = await ask("/api/trpc/rooms.list?input=%7B%22json%22%3A%7B%7D%7D", { cookie });
    await node.db.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "Membership"`;
    expect(said).toBe(id);
    const about = lines.map((line) => JSON.parse(line)).filter(({ requestId }) => requestId === id);
    expect(about).toMatchObject([
      { msg: "unexpected error", path: "rooms.list" },
      { msg: "answered", method: "GET", route: "trpc", status: 500 },
    ]);
  });

  it("is the one that a proxy of ours gave, and never one that a client made up", async () => {
    expect((await ask("/healthz", { "x-request-id": "from-the-proxy_1" })).id).toBe("from-the-proxy_1");
    for (const made of ["short", "x".repeat(65), "with spaces in it", '"},{"level":60']) {
      expect((await ask("/healthz", { "x-request-id": made })).id, made).toMatch(uuid);
    }
    const request = { headers: { "x-request-id": "from-whom-ever" } } as unknown as IncomingMessage;
    expect(nameRequest(request, { allowedOrigins: [], trustedProxies: 0 })).toMatch(uuid);
    expect(requestIdOf(request)).not.toBe("from-whom-ever");
  });
});

/**
 * What people type and what opens doors stands in no log line and in no error: every door is tried with marked secrets,
 * in right and in wrong requests, while all is well, while the database refuses, and while it is away.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createDb } from "~/server/infra/db";
import { operations } from "~/server/rest/operations";
import { callerFor } from "~/test/cast";
import { openConversation } from "~/test/conversation";
import { kindOf, procedurePaths } from "~/test/doors";
import { keptLog } from "~/test/log";
import { openPlain } from "~/test/plain-client";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { begin, post, textFile } from "~/test/uploads";
import { socketPath } from "./ws-server";

const mark = "Geheimnis";
const marked = (): string => `${mark}-${randomUUID()}`;

const { log, lines } = keptLog();
let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime({ log });
});
afterAll(() => node[Symbol.asyncDispose]());

/** What errors said, at every door. */
const errors: string[] = [];

interface Try {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

const ask = async (server: TestServer, path: string, { method = "GET", headers, body }: Try = {}) => {
  const response = await fetch(server.origin + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const isBatch = text.startsWith("[");
  const answers: object[] = isBatch ? JSON.parse(text) : [];
  if (isBatch) errors.push(...answers.filter((one) => "error" in one).map((one) => JSON.stringify(one)));
  else if (response.status >= 400) errors.push(text);
};

/** A value that passes for any field there is, and is a secret. */
const everyField = (roomId: string) => ({
  ...Object.fromEntries(
    [
      "username",
      "displayName",
      "password",
      "currentPassword",
      "newPassword",
      "body",
      "query",
      "token",
      "title",
    ].map((name) => [name, marked()]),
  ),
  refresh_token: marked(),
  roomId,
  clientId: randomUUID(),
  emoji: marked(),
  seq: marked(),
});

/** Whose requests these are, and where they may write. */
interface Someone {
  cookie: string;
  token: string;
  roomId: string;
}

/** What would end the session that everything else is tried with. */
const endsSessions = /signOut|revoke|logout|endOther|deleteAccount/i;

/** Asks for everything, at every door, as somebody who is signed in. Each token and each text is a marked secret or a real one. */
const tryEverything = async (server: TestServer, { cookie, token, roomId }: Someone): Promise<void> => {
  const auth = { authorization: `Bearer ${token}` };
  const inputs = [
    everyField(roomId),
    everyField(marked()),
    { body: marked(), roomId, clientId: randomUUID() },
  ];
  for (const path of procedurePaths) {
    if (kindOf(path) === "subscription" || endsSessions.test(path)) continue;
    for (const input of inputs) {
      const json = JSON.stringify({ json: input });
      const isQuery = kindOf(path) === "query";
      const url = `/api/trpc/${path}${isQuery ? `?input=${encodeURIComponent(json)}` : ""}`;
      await ask(server, url, { headers: { cookie }, ...(!isQuery && { method: "POST", body: json }) });
    }
  }
  const batch = JSON.stringify({ 0: { json: inputs[2] }, 1: { json: inputs[1] } });
  await ask(server, "/api/trpc/messages.send,auth.signIn?batch=1", {
    method: "POST",
    body: batch,
    headers: { cookie },
  });
  for (const body of [`{"json":{"body":"${marked()}"`, `"${marked()}"`, marked()]) {
    await ask(server, "/api/trpc/messages.send", { method: "POST", body, headers: { cookie } });
    await ask(server, "/api/auth/login", { method: "POST", body });
  }
  for (const { id, method, path } of operations) {
    if (endsSessions.test(id)) continue;
    const filled = path.replace(/\{\w+\}/g, () => marked());
    const isBody = method === "post" || method === "put";
    for (const headers of [auth, { authorization: `Bearer ${marked()}` }]) {
      await ask(server, `/api${filled}?query=${marked()}&token=${marked()}`, {
        method: method.toUpperCase(),
        headers,
        ...(isBody && { body: JSON.stringify(inputs[0]) }),
      });
    }
  }
  await ask(server, `/join/${marked()}`);
  await ask(server, `/api/attachments/${marked()}`, { headers: { cookie: `charla=${marked()}` } });
  const file = textFile(`${marked()}.txt`, marked());
  for (const where of [roomId, marked()]) {
    errors.push(JSON.stringify((await begin({ origin: server.origin }, where, file, 10)).code ?? ""));
    const { status, body } = await post(server.origin, token, where, file);
    if (status >= 400) errors.push(JSON.stringify(body));
  }
};

const tryPlainSocket = async (server: TestServer, token: string, roomId: string): Promise<void> => {
  await using refused = openPlain(server.origin, `${roomId}?token=${marked()}`);
  await refused.closed;
  await using client = openPlain(server.origin, `${roomId}?token=${token}`);
  client.ws.once("open", () => {
    client.say(`{"type":"message","body":"${marked()}`);
    client.say({ type: "message", body: marked(), clientId: "none" });
    client.say({ type: "auth", token: marked().repeat(100) });
    client.say({ type: "message", body: marked() });
  });
  await Promise.race([client.closed, client.hear("ack")]);
  errors.push(
    ...[...refused.frames, ...client.frames].flatMap((frame) =>
      frame.type === "error" ? JSON.stringify(frame) : [],
    ),
  );
};

const trySocket = async (server: TestServer, token: string, roomId: string): Promise<void> => {
  for (const said of [token, marked()]) {
    const url = `${server.origin.replace("http", "ws")}${socketPath}?connectionParams=1&token=${marked()}`;
    const ws = new WebSocket(url);
    const answers: string[] = [];
    ws.on("message", (data) => answers.push(String(data)));
    await once(ws, "open");
    const call = (id: number, method: string, path: string, json: unknown) =>
      ws.send(JSON.stringify({ id, method, params: { path, input: { json } } }));
    ws.send(JSON.stringify({ method: "connectionParams", data: { token: said } }));
    call(1, marked(), "messages.send", marked());
    call(2, "mutation", "nowhere", marked());
    call(3, "mutation", "messages.send", { roomId, clientId: marked(), body: marked() });
    call(4, "mutation", "messages.send", { roomId, clientId: randomUUID(), body: marked() });
    await vi.waitFor(() => expect(answers).toHaveLength(4), 5_000);
    errors.push(...answers.filter((text) => text.includes('"error"')));
    ws.terminate();
  }
};

const tryDoors = async (server: TestServer, someone: Someone): Promise<void> => {
  await tryEverything(server, someone);
  await tryPlainSocket(server, someone.token, someone.roomId);
  await trySocket(server, someone.token, someone.roomId);
};

const count = (texts: string[], part: string): number => texts.filter((text) => text.includes(part)).length;

describe("secrets", () => {
  it("stand in no log line and in no error", { timeout: 120_000 }, async () => {
    await using server = await openServer(node);
    const { roomId, first } = await openConversation(node);
    const { access_token: token, refresh_token } = await logIn(server.origin, first);
    const someone = { cookie: first.cookie, token, roomId };
    const secrets = [mark, first.password, first.cookie.split("=")[1] ?? "", token, refresh_token];

    await tryDoors(server, someone);
    expect(await (await callerFor(node, first)).auth.me(), "still signed in").toMatchObject({
      id: first.user.id,
    });
    expect(count(errors, "INVALID_INPUT")).toBeGreaterThan(100);
    expect(lines.filter((line) => line.includes("unexpected error"))).toEqual([]);

    const tables = ["Membership", "Message", "Contact", "Attachment"];
    for (const table of tables)
      await node.db.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "No${table}"`);
    await tryDoors(server, someone);
    for (const table of tables)
      await node.db.$executeRawUnsafe(`ALTER TABLE "No${table}" RENAME TO "${table}"`);
    expect(count(errors, "INTERNAL_SERVER_ERROR")).toBeGreaterThan(20);
    expect(count(lines, "unexpected error")).toBeGreaterThan(20);

    const away = { ...node, db: createDb("postgresql://127.0.0.1:1/absent") };
    await using cutOff = await openServer(away);
    // Not the sockets, which wait until the database is back.
    await tryEverything(cutOff, someone);
    expect(count(errors, "UNAVAILABLE")).toBeGreaterThan(20);

    expect(lines.length).toBeGreaterThan(300);
    for (const secret of secrets) {
      expect(secret).not.toBe("");
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
      expect(errors.filter((text) => text.includes(secret))).toEqual([]);
    }
    const insides = /node_modules|\.[jt]s:\d|SELECT|INSERT|"stack"|ECONN/;
    expect(errors.filter((text) => insides.test(text))).toEqual([]);
  });

  it("would be noticed in a line", () => {
    log.info({ body: mark }, "a line that says too much");
    expect(count(lines, mark)).toBe(1);
  });
});

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { callerFor, type Member, member } from "~/test/cast";
import { keptLog } from "~/test/log";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { requestInfo } from "./incoming";
import { createContext } from "./trpc/context";
import { appRouter } from "./trpc/root";
import { trpcPath } from "./trpc-http";

const { log, lines } = keptLog();
let node: OwnedRuntime;
let ours: TestServer;
/** The same procedures behind tRPC's own adapter. */
let theirs: Server;
let ada: Member;
let roomId: string;

beforeAll(async () => {
  node = await testRuntime({ log });
  ours = await openServer(node);
  theirs = createServer((req, res) => {
    void nodeHTTPRequestHandler({
      req,
      res,
      router: appRouter,
      path: new URL(req.url ?? "", "http://there").pathname.slice(trpcPath.length + 1),
      maxBodySize: 256 * 1024,
      maxBatchSize: 30,
      createContext: () => {
        const policy = { allowedOrigins: [], trustedProxies: 1 };
        return createContext(node, requestInfo(req, policy), {
          setCookie: (header) => res.appendHeader("Set-Cookie", header),
        });
      },
    });
  }).listen(0, "127.0.0.1");
  await once(theirs, "listening");
  ada = await member(node, "ada");
  ({ roomId } = await (await callerFor(node, ada)).groups.create({ title: "Trip", userIds: [] }));
});
afterAll(async () => {
  theirs.close();
  await ours[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

interface Asked {
  path: string;
  method?: "GET" | "POST" | "HEAD" | "PUT" | "DELETE";
  query?: Record<string, unknown>;
  body?: string;
  headers?: Record<string, string>;
  isSignedOut?: boolean;
}

const askAt = async (
  origin: string,
  { path, method = "GET", query = {}, body, headers, isSignedOut }: Asked,
) => {
  const url = new URL(`${trpcPath}/${path}`, origin);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(!isSignedOut && { cookie: ada.cookie }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  // Which request it was is another thing each time.
  const said = text.replace(/"requestId":"[^"]*"/g, '"requestId":""');
  return { status: response.status, type: response.headers.get("content-type"), said };
};

const json = (value: unknown) => ({ json: value });
const send = (body: string, clientId = randomUUID()) => json({ roomId, clientId, body });
const post = (path: string, body: string, rest: Partial<Asked> = {}): Asked => ({
  path,
  method: "POST",
  body,
  ...rest,
});

const cases: Record<string, () => Asked> = {
  "a query": () => ({ path: "messages.list", query: { input: json({ roomId }) } }),
  "a query without an input": () => ({ path: "auth.me" }),
  "a query that lacks its input": () => ({ path: "messages.list" }),
  "a query whose input is wrong": () => ({ path: "messages.list", query: { input: json({ roomId: 1 }) } }),
  "a query whose input is no JSON": () => ({ path: "messages.list", query: { input: "{" } }),
  "a query whose input is null": () => ({ path: "messages.list", query: { input: "null" } }),
  "a query with more than JSON in its input": () => ({
    path: "messages.list",
    query: { input: { json: { roomId, before: "7" }, meta: { values: { before: ["bigint"] } } } },
  }),
  "a query of somebody signed out": () => ({ path: "messages.list", isSignedOut: true }),
  "a query as a POST": () => post("auth.me", "{}"),
  "a batch of one": () => ({ path: "auth.me", query: { batch: "1" } }),
  "a batch of several, one of them refused": () => ({
    path: "auth.me,messages.list,messages.list",
    query: {
      batch: "1",
      input: { 1: json({ roomId }), 2: json({ roomId: randomUUID().replace(/./g, "0") }) },
    },
  }),
  "a batch that is refused alike": () => ({
    path: "messages.list,rooms.list",
    query: { batch: "1" },
    isSignedOut: true,
  }),
  "a batch whose inputs are a list": () => ({
    path: "messages.list",
    query: { batch: "1", input: [json({ roomId })] },
  }),
  "a batch that is too long": () => ({ path: Array(31).fill("auth.me").join(), query: { batch: "1" } }),
  "a batch of queries and mutations": () => ({ path: "auth.me,messages.send", query: { batch: "1" } }),
  "a batch with a procedure that there is not": () => ({
    path: "auth.me,auth.nothing",
    query: { batch: "1" },
  }),
  "several without saying that they are a batch": () => ({ path: "auth.me,auth.me" }),
  "a mutation": () =>
    post("messages.send", JSON.stringify(send("hello", "00000000-0000-4000-8000-000000000001"))),
  "a mutation as a GET": () => ({ path: "messages.send", query: { input: send("hello") } }),
  "a mutation without a body": () => post("messages.send", ""),
  "a mutation whose body is no JSON": () => post("messages.send", "hello"),
  "a mutation that is too long": () => post("messages.send", JSON.stringify(send("x".repeat(300_000)))),
  "mutations in a batch": () =>
    post(
      "messages.send,messages.send",
      JSON.stringify({ 0: send("one", "00000000-0000-4000-8000-000000000002"), 1: send("") }),
      { query: { batch: "1" } },
    ),
  "a procedure that there is not": () => ({ path: "messages.nothing" }),
  "what every object has": () => ({ path: "constructor" }),
  "no procedure": () => ({ path: "" }),
  "a stream": () => ({ path: "rooms.onInbox", query: { input: json(null) } }),
  "a HEAD": () => ({ path: "auth.me", method: "HEAD" }),
  "a PUT": () => ({ path: "messages.send", method: "PUT", body: "{}" }),
  "a batch whose answers are to be streamed": () => ({
    path: "auth.me",
    query: { batch: "1" },
    headers: { "trpc-accept": "application/jsonl" },
  }),
};

describe("tRPC over HTTP", () => {
  it.each(Object.entries(cases))("answers %s as tRPC's adapter does", async (_, asked) => {
    const { port } = theirs.address() as AddressInfo;
    const expected = await askAt(`http://127.0.0.1:${port}`, asked());
    expect(await askAt(ours.origin, asked())).toEqual(expected);
  });

  it("lets nobody keep an answer, and sets the cookie of who signs in", async () => {
    const body = JSON.stringify(json({ username: ada.user.username, password: ada.password }));
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${ours.origin}${trpcPath}/auth.signIn`, { method: "POST", headers, body });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.getSetCookie()).toEqual([expect.stringContaining("HttpOnly")]);
  });

  it("bears with who hangs up in the middle of a body", async () => {
    const socket = connect(Number(new URL(ours.origin).port), "127.0.0.1");
    const heard = once(ours.http, "request");
    socket.write(
      `POST ${trpcPath}/messages.send HTTP/1.1\r\nHost: there\r\nCookie: ${ada.cookie}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    const [, response] = await heard;
    const closed = new Promise((resolve) => response.once("close", resolve));
    socket.destroy();
    await closed;
    expect((await fetch(`${ours.origin}/healthz`)).status).toBe(200);
    expect(lines.filter((line) => line.includes("unexpected error"))).toEqual([]);
  });
});

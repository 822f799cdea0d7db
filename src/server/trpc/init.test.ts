import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createDb } from "~/server/infra/db";
import { createLog } from "~/server/infra/log";
import { Live } from "~/server/realtime/live";
import { AppError } from "~/shared/errors";
import { testRuntime } from "~/test/runtime";
import { createContext } from "./context";
import { createCallerFactory, protectedProcedure, publicProcedure, router } from "./init";

const secret = "what somebody typed";

const procedures = router({
  double: publicProcedure.input(z.object({ n: z.int("notInteger") })).query(({ input }) => input.n * 2),
  store: publicProcedure.input(z.object({ n: z.int() })).mutation(({ input }) => input.n),
  refuse: publicProcedure.query(() => {
    throw new AppError("RATE_LIMITED", { retryAfterSeconds: 7, fields: { n: ["tooMany"] } });
  }),
  fail: publicProcedure.query(() => {
    throw Object.assign(new TypeError("a mistake of ours"), { detail: secret });
  }),
  wrongOutput: publicProcedure.output(z.string()).query(() => JSON.parse("3")),
  readDatabase: publicProcedure.query(({ ctx }) => ctx.runtime.db.user.count()),
  mine: protectedProcedure.query(({ ctx }) => ctx.user.id),
  stream: publicProcedure.subscription(
    () =>
      new Live<number>(async (sink) => {
        sink.take([1]);
        throw new AppError("ROOM_NOT_FOUND");
      }, undefined),
  ),
});

/** A node whose log can be read, and whose procedures are those above. */
const listeningNode = async (changes: { databaseUrl?: string } = {}) => {
  const node = await testRuntime();
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => lines.push(line) });
  const db = changes.databaseUrl ? createDb(changes.databaseUrl) : node.db;
  const runtime = { ...node, db, log };
  const context = () =>
    createContext(runtime, { ip: "192.0.2.1", userAgent: null, cookie: undefined, authorization: undefined });
  return {
    lines,
    context,
    async ask(path: string, init?: RequestInit) {
      const req = new Request(`http://localhost/trpc/${path}`, init);
      const response = await fetchRequestHandler({
        endpoint: "/trpc",
        router: procedures,
        req,
        createContext: context,
      });
      return { status: response.status, text: await response.text() };
    },
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
};

const input = (json: string): string => `input=${encodeURIComponent(json)}`;
const post = (body: string, contentType = "application/json"): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": contentType },
});

describe("the error edge", () => {
  it("says a refusal's reason and what a client can do with it, and does not log it", async () => {
    await using node = await listeningNode();
    const { status, text } = await node.ask("refuse");
    expect(status).toBe(429);
    expect(JSON.parse(text)).toEqual({
      error: {
        json: {
          message: "RATE_LIMITED",
          code: -32029,
          data: {
            code: "TOO_MANY_REQUESTS",
            httpStatus: 429,
            path: "refuse",
            requestId: expect.any(String),
            reason: "RATE_LIMITED",
            retryAfterSeconds: 7,
            fields: { n: ["tooMany"] },
          },
        },
      },
    });
    expect(node.lines).toEqual([]);
  });

  it("says which fields of an input are wrong", async () => {
    await using node = await listeningNode();
    const { status, text } = await node.ask(`double?${input('{"json":{"n":1.5}}')}`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      error: { json: { data: { reason: "INVALID_INPUT", fields: { n: ["notInteger"] } } } },
    });
  });

  it.each(["fail", "wrongOutput"])(
    "answers nothing but that it failed, and logs why, once: %s",
    async (path) => {
      await using node = await listeningNode();
      const { status, text } = await node.ask(path);
      expect(status).toBe(500);
      expect(JSON.parse(text).error.json).toEqual({
        message: "INTERNAL_SERVER_ERROR",
        code: -32603,
        data: {
          code: "INTERNAL_SERVER_ERROR",
          httpStatus: 500,
          path,
          reason: null,
          requestId: expect.any(String),
        },
      });
      expect(node.lines).toHaveLength(1);
      expect(node.lines[0]).not.toContain(secret);
      expect(JSON.parse(node.lines[0] ?? "")).toMatchObject({
        msg: "unexpected error",
        path,
        err: { stack: expect.stringContaining("init.test.ts") },
      });
    },
  );

  it("says that the database is away, not that somebody is signed out", async () => {
    await using node = await listeningNode({ databaseUrl: "postgresql://127.0.0.1:1/absent" });
    const unavailable = { code: "SERVICE_UNAVAILABLE", cause: { reason: "UNAVAILABLE" } };
    const caller = createCallerFactory(procedures);
    const context = await node.context();
    await expect(caller(context).readDatabase()).rejects.toMatchObject(unavailable);
    const identity = { state: "unknown", cause: new Error("the session could not be read") } as const;
    await expect(caller({ ...context, identity }).mine()).rejects.toMatchObject(unavailable);
  });

  it("holds for what goes wrong in the middle of a stream", async () => {
    await using node = await listeningNode();
    const stream = await createCallerFactory(procedures)(await node.context()).stream();
    const received: unknown[] = [];
    const all = (async () => {
      for await (const value of stream) received.push(value);
    })();
    await expect(all).rejects.toMatchObject({ code: "NOT_FOUND", cause: { reason: "ROOM_NOT_FOUND" } });
    expect(received).toEqual([1]);
  });

  it.each([
    ["an unknown procedure", 404, "nothing", undefined],
    ["no input", 400, "double", undefined],
    ["an input that is no JSON", 400, `double?${input("{{{")}`, undefined],
    ["an input that is null", 400, `double?${input("null")}`, undefined],
    [
      "an input of an unknown type",
      400,
      `double?${input('{"json":{"n":1},"meta":{"values":{"n":["x"]}}}')}`,
      undefined,
    ],
    [
      "an input that reaches for prototypes",
      400,
      `double?${input('{"json":{},"meta":{"values":{"__proto__.n":["Date"]}}}')}`,
      undefined,
    ],
    ["a batch that is none", 400, `double?batch=1&${input("null")}`, undefined],
    ["a body that is no JSON", 400, "store", post("{")],
    ["a form", 415, "store", post("n=1", "application/x-www-form-urlencoded")],
    ["a form in plain text", 415, "store", post('{"json":{"n":1}}', "text/plain")],
    ["a mutation by GET", 405, `store?${input('{"json":{"n":1}}')}`, undefined],
  ])(
    "answers %s with %i, without a word about our insides, and logs nothing",
    async (_, status, path, init) => {
      await using node = await listeningNode();
      const answer = await node.ask(path, init);
      expect(answer.status).toBe(status);
      expect(answer.text).not.toMatch(/stack|node_modules|\.ts|\.js/);
      expect(node.lines).toEqual([]);
    },
  );
});

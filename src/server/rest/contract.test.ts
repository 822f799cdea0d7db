import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createSessions } from "~/server/auth/session";
import { createTokens } from "~/server/auth/tokens";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createDb } from "~/server/infra/db";
import { newcomer } from "~/test/cast";
import { askRest, logIn, type RestAnswer } from "~/test/rest";
import { faults } from "~/test/rest-faults";
import { type Sent, scenarios, type World } from "~/test/rest-scenarios";
import { testRuntime, testSecretKey } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { fileOperations } from "./file-operations";
import { operations } from "./operations";

interface Content {
  schema: object;
  example?: unknown;
  examples?: Record<string, unknown>;
}
interface Part {
  content?: Record<string, Content>;
}
interface Document {
  paths: Record<string, Record<string, { requestBody?: Part; responses: Record<string, Part> }>>;
  components: { schemas: Record<string, object> };
}

let node: OwnedRuntime;
let server: TestServer;
/** Nodes like ours whose database does not answer, and whose disk has no room. */
let away: TestServer;
let full: TestServer;
let world: World;
let document: Document;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  const db = createDb("postgresql://127.0.0.1:1/absent");
  const keys = { db, secretKey: testSecretKey };
  away = await openServer({
    ...node,
    db,
    sessions: createSessions({ ...keys, secureCookie: false }),
    tokens: createTokens({ ...keys, accessTokenMinutes: 15 }),
  });
  const aroundNothing = { ...node.storage, workDir: "/proc" }; // a file system without any
  full = await openServer({ ...node, storage: aroundNothing });
  const me = await newcomer(node);
  const { origin } = server;
  world = { node, origin, me, token: (await logIn(origin, me)).access_token };
  document = (await askRest(origin, "/openapi.json")).body as Document;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await away[Symbol.asyncDispose]();
  await full[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** A schema of the document with what it refers to in its place. */
const resolve = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(resolve);
  if (typeof schema !== "object" || schema === null) return schema;
  if ("$ref" in schema)
    return resolve(document.components.schemas[String(schema.$ref).split("/").at(-1) ?? ""]);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolve(value)]));
};

/** Of what people put there, which is as it is. */
const anyType = "*/*";

const parseWith = (schema: object): z.ZodType =>
  z.fromJSONSchema(resolve(schema) as z.core.JSONSchema.JSONSchema);

/** Whether an answer is of the media type and the shape that the document declares for it. */
const expectDeclared = ({ headers, body }: RestAnswer, content: Record<string, Content> | undefined) => {
  const [[mediaType, declared] = []] = Object.entries(content ?? {});
  if (mediaType === anyType) return expect(headers.get("content-type")).toBeTruthy();
  expect(body === undefined ? null : headers.get("content-type")).toBe(mediaType ?? null);
  if (declared) expect(parseWith(declared.schema).safeParse(body).error).toBeUndefined();
  else expect(body).toBeUndefined();
};

const send = (
  origin: string,
  method: string,
  path: string,
  { path: fields = {}, query = "", token, ...rest }: Sent,
) => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? "");
  return askRest(origin, filled + query, {
    method: method.toUpperCase(),
    ...rest,
    ...(token !== null && { token: token ?? world.token }),
  });
};

const documented = [...operations, ...fileOperations];

describe.each(documented)("$method $path", (operation) => {
  const { id, method, path, status } = operation;
  const of = scenarios[id] ?? {};
  const good = async (): Promise<Sent> => (await of["ok"]?.(world)) ?? {};
  const declaredFor = (answer: number) =>
    document.paths[path]?.[method]?.responses[String(answer)] ?? expect.fail(`${answer} is not declared`);

  it.each(["", "/"])("answers as declared, at its path followed by “%s”", async (slash) => {
    const answer = await send(server.origin, method, path + slash, await good());
    expect(answer).toMatchObject({ status });
    expectDeclared(answer, declaredFor(status).content);
  });

  it("answers every declared refusal as declared", async () => {
    const { responses } = document.paths[path]?.[method] ?? { responses: {} };
    const base = await good();
    for (const [declared, { content = {} }] of Object.entries(responses)) {
      for (const code of Object.keys(content["application/problem+json"]?.examples ?? {})) {
        const broken = { UNAVAILABLE: away, STORAGE_FULL: full }[code];
        const make =
          of[code] ?? (broken ? () => base : faults[code]) ?? expect.fail(`no scenario for ${id} ${code}`);
        const answer = await send((broken ?? server).origin, method, path, await make(world, base));
        expect(answer, `${id} ${code}`).toMatchObject({ status: Number(declared), body: { code } });
        expectDeclared(answer, content);
        if (answer.status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
        if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }
    }
  });
});

it("declares every status that it has a scenario for", () => {
  for (const { id, path, method } of documented) {
    const { responses } = document.paths[path]?.[method] ?? { responses: {} };
    for (const code of Object.keys(scenarios[id] ?? {})) {
      if (code !== "ok") expect(JSON.stringify(responses), `${id} ${code}`).toContain(code);
    }
  }
});

it("shows examples that fit their schemas", () => {
  for (const { path, method, status, id } of documented) {
    const { requestBody, responses } = document.paths[path]?.[method] ?? expect.fail(`${id} is missing`);
    for (const part of [requestBody, responses[status]]) {
      for (const { schema, example } of Object.values(part?.content ?? {})) {
        if (example !== undefined) expect(parseWith(schema).safeParse(example).error, id).toBeUndefined();
      }
    }
  }
});

/**
 * What pages of other sites can make a browser send, with its cookie: every mutation and every operation as the requests
 * that forms make, and both sockets. Nothing of it is done.
 */
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { OwnedRuntime } from "~/server/create-runtime";
import { callSeconds } from "~/server/infra/metrics";
import { pathFields } from "~/server/rest/operation";
import { operations } from "~/server/rest/operations";
import { socketPath } from "~/server/ws-server";
import { attachmentsPath, uploadsPath } from "~/shared/attachment-paths";
import { picturesPath } from "~/shared/picture-paths";
import { kindOf } from "./doors";
import { permissions } from "./permissions";
import { testRuntime } from "./runtime";
import { openScene, type Scene } from "./scene";
import { openServer, type TestServer } from "./server";
import { allowedOrigin } from "./socket";

let node: OwnedRuntime;
let server: TestServer;
let scene: Scene;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  scene = await openScene(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** What a form can send as, and a script without leave from us; undefined: without a content type. */
const formTypes = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain;charset=UTF-8",
  undefined,
];
const json = "application/json";

const port = () => new URL(server.origin).port;

const foreign = ["https://evil.test", "null"];

/** Origins that are not ours, and look like it. */
const lookalikes = (): string[] => [
  `${allowedOrigin}.evil.test`,
  allowedOrigin.replace("https", "http"),
  `http://127.0.0.1:${Number(port()) + 1}`,
  `http://127.0.0.1.evil.test:${port()}`,
  `http://evil.test#127.0.0.1:${port()}`,
];

/** How a browser may be made to send something: as a form, from wherever; or in JSON, which our origins alone may send. */
const crossings: Crossing[] = [
  ...[...foreign, undefined].flatMap((origin) => formTypes.map((type) => ({ origin, type }))),
  ...foreign.map((origin) => ({ origin, type: json })),
];

interface Crossing {
  origin: string | undefined;
  type: string | undefined;
}

const send = (path: string, { origin, type }: Crossing, { method = "POST", body = "" } = {}) =>
  fetch(server.origin + path, {
    method,
    // As bytes, so that none is given a content type by fetch.
    body: Buffer.from(body),
    headers: {
      cookie: scene.owner.cookie,
      ...(origin !== undefined && { origin }),
      ...(type !== undefined && { "content-type": type }),
    },
  });

/** How often procedures were called in this process, by name. */
const calls = async (): Promise<Record<string, number>> => {
  const { values } = await callSeconds.get();
  const counts = values.filter(({ metricName }) => metricName?.endsWith("_count"));
  return Object.fromEntries(counts.map(({ labels, value }) => [String(labels.procedure), value]));
};

describe("a page of another site", () => {
  it("has no mutation done, in whatever form it asks", async ({ annotate }) => {
    const mutations = permissions.filter(({ path }) => kindOf(path) === "mutation");
    const before = await calls();
    let refused = 0;
    for (const { path, row } of mutations) {
      const body = JSON.stringify({ json: row.input(scene) });
      const url = `/api/trpc/${path}`;
      const asked = crossings.flatMap((crossing) => [
        send(url, crossing, { body }),
        send(`${url}?batch=1`, crossing, { body: `{"0":${body}}` }),
      ]);
      for (const { status } of await Promise.all(asked)) {
        expect([403, 415], path).toContain(status);
        refused += 1;
      }
      const link = `${server.origin}${url}?input=${encodeURIComponent(body)}`;
      const { status } = await fetch(link, { headers: { cookie: scene.owner.cookie } });
      expect(status, `${path} by a link`).toBe(405);
      refused += 1;
    }
    expect(await calls()).toEqual(before);
    expect(refused).toBe(mutations.length * (2 * crossings.length + 1));
    await annotate(`${mutations.length} mutations, ${refused} requests, 0 done`);
  });

  it("gains nothing by an origin that looks like ours", async () => {
    const before = await calls();
    for (const origin of lookalikes()) {
      const { status } = await send("/api/trpc/auth.signOut", { origin, type: json });
      expect(status, origin).toBe(403);
    }
    expect(await calls()).toEqual(before);
  });

  it("would be noticed: the same from our own page is done", async () => {
    const before = await calls();
    const body = JSON.stringify({ json: { displayName: "Mine" } });
    const { status } = await send(
      "/api/trpc/auth.updateProfile",
      { origin: server.origin, type: json },
      { body },
    );
    expect(status).toBe(200);
    const now = (await calls())["auth.updateProfile"] ?? 0;
    expect(now).toBe((before["auth.updateProfile"] ?? 0) + 1);
  });

  it("has no operation of REST done by the cookie, and no file taken", async ({ annotate }) => {
    const writes = operations.filter(({ method, isPublic }) => method !== "get" && !isPublic);
    const before = await calls();
    let refused = 0;
    const rows = new Map(permissions.map(({ row }) => [row.rest, row]));
    for (const operation of writes) {
      const fields = Object.entries({ ...(rows.get(operation.id)?.input(scene) as object) });
      const path = pathFields(operation).reduce(
        (filled, name) => filled.replace(`{${name}}`, String(fields.find(([field]) => field === name)?.[1])),
        `/api${operation.path}`,
      );
      const body = JSON.stringify(Object.fromEntries(fields));
      const method = operation.method.toUpperCase();
      const asked = crossings.map((crossing) => send(path, crossing, { method, body }));
      for (const { status } of await Promise.all(asked)) {
        expect([401, 403], operation.id).toContain(status);
        refused += 1;
      }
    }
    const form = `--x\r\nContent-Disposition: form-data; name="roomId"\r\n\r\n${scene.roomId}\r\n--x--\r\n`;
    for (const path of [attachmentsPath, uploadsPath, picturesPath]) {
      for (const crossing of crossings) {
        const { status } = await send(path, crossing, { body: form });
        expect([401, 403, 412, 415], `${path} ${JSON.stringify(crossing)}`).toContain(status);
        refused += 1;
      }
    }
    expect(await calls()).toEqual(before);
    expect(await node.db.attachment.count()).toBe(0);
    await annotate(`${writes.length} operations and 3 ways to upload, ${refused} requests, 0 done`);
  });

  it("opens neither socket, though the browser sends the cookie", async () => {
    for (const path of [socketPath, `/ws/${scene.roomId}?token=${scene.owner.token}`]) {
      for (const origin of [...foreign, ...lookalikes()]) {
        const url = server.origin.replace("http", "ws") + path;
        const ws = new WebSocket(url, { headers: { cookie: scene.owner.cookie, origin } });
        const [error] = await once(ws, "error");
        expect(String(error), `${path} ${origin}`).toContain("403");
      }
    }
  });
});

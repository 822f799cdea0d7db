import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { newcomer } from "~/test/cast";
import { openPlain } from "~/test/plain-client";
import { askRest, logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { allowedOrigin } from "~/test/socket";

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

const ask = (path: string, request: RequestInit = {}) => fetch(`${server.origin}${path}`, request);

describe("a client that knows only the seed's README", () => {
  it("registers, logs in by form, adds a contact, talks over two nodes, reads the history, deletes the contact", async () => {
    await using other = await testRuntime();
    await using elsewhere = await openServer(other);
    const api = `${server.origin}/api`;
    const json = { "Content-Type": "application/json" };
    const logIn = async (username: string): Promise<string> => {
      const body = JSON.stringify({ username, password: "una contraseña larga" });
      const registered = await fetch(`${api}/auth/register`, { method: "POST", headers: json, body });
      expect([registered.status, await registered.json()]).toMatchObject([201, { username }]);
      const form = new URLSearchParams({
        grant_type: "password",
        username,
        password: "una contraseña larga",
      });
      const loggedIn = await fetch(`${api}/auth/login`, { method: "POST", body: form });
      const grant = await loggedIn.json();
      expect([loggedIn.status, grant]).toMatchObject([200, { token_type: "bearer", expires_in: 900 }]);
      return grant.access_token;
    };
    const [ada, bruno] = [await logIn("ada-rest"), await logIn("bruno-rest")];
    const asAda = { Authorization: `Bearer ${ada}` };

    const added = await fetch(`${api}/contacts/`, {
      method: "POST",
      headers: { ...asAda, ...json },
      body: JSON.stringify({ username: "bruno-rest" }),
    });
    const contact = await added.json();
    expect([added.status, contact]).toMatchObject([201, { user: { username: "bruno-rest" } }]);
    const contacts = await (await fetch(`${api}/contacts/`, { headers: asAda })).json();
    expect(contacts).toEqual({ items: [contact], nextCursor: null });

    await using one = openPlain(server.origin, `${contact.roomId}?token=${ada}`);
    await using two = openPlain(elsewhere.origin, `${contact.roomId}?token=${bruno}`);
    await Promise.all([one.hear("ready"), two.hear("ready")]);
    one.say({ type: "message", body: "hola" });
    expect(await two.hear("message")).toMatchObject([{ body: "hola", author: { username: "ada-rest" } }]);
    two.say({ type: "message", body: "¿qué tal?" });
    expect(await one.hear("message", 2)).toMatchObject([{ body: "hola" }, { body: "¿qué tal?", seq: 2 }]);

    const history = await (
      await fetch(`${api}/messages/${contact.roomId}?limit=1`, { headers: asAda })
    ).json();
    expect(history).toMatchObject({ items: [{ seq: 2, body: "¿qué tal?" }], nextCursor: 2 });
    const older = await fetch(`${api}/messages/${contact.roomId}/?before=2`, { headers: asAda });
    expect(await older.json()).toMatchObject({ items: [{ seq: 1, body: "hola" }], nextCursor: null });

    const gone = await fetch(`${api}/contacts/${contact.id}`, { method: "DELETE", headers: asAda });
    expect([gone.status, await gone.text()]).toEqual([204, ""]);
    expect(await (await fetch(`${api}/contacts`, { headers: asAda })).json()).toMatchObject({ items: [] });
  });
});

describe("REST", () => {
  it("is opened by no cookie, so that other sites gain nothing by sending ours", async () => {
    const { cookie } = await newcomer(node);
    expect((await ask("/api/auth/me", { headers: { cookie } })).status).toBe(401);
  });

  it("answers what is not there as a problem, and says which methods a path knows", async () => {
    expect(await askRest(server.origin, "/nothing")).toMatchObject({
      status: 404,
      body: { code: "NOT_FOUND" },
    });
    const wrong = await askRest(server.origin, "/contacts", { method: "PATCH" });
    expect(wrong).toMatchObject({ status: 405, body: { code: "METHOD_NOT_SUPPORTED" } });
    expect(wrong.headers.get("allow")).toBe("GET, POST");
  });

  it("answers a body that is too long before it has come to its end", async () => {
    const body = JSON.stringify({ username: "x".repeat(4 * 1024 * 1024) });
    const answer = await askRest(server.origin, "/auth/login", { method: "POST", body });
    expect(answer).toMatchObject({ status: 413, body: { code: "PAYLOAD_TOO_LARGE" } });
  });

  it("takes forms where OAuth 2 sends them, and nowhere else", async () => {
    const me = await newcomer(node);
    const { access_token, refresh_token } = await logIn(server.origin, me);
    const form = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });
    const refreshed = await ask("/api/auth/refresh", form({ grant_type: "refresh_token", refresh_token }));
    expect(refreshed.status).toBe(200);
    const headers = { Authorization: `Bearer ${access_token}` };
    const added = await ask("/api/contacts", { ...form({ username: "ada" }), headers });
    expect(added.status).toBe(415);
  });

  it("pages through rooms by a cursor", async () => {
    const me = await newcomer(node);
    const { access_token: token } = await logIn(server.origin, me);
    for (let index = 0; index < 3; index += 1) {
      const body = { username: (await newcomer(node)).user.username };
      await askRest(server.origin, "/contacts", { method: "POST", token, body });
    }
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; cursor !== null; page += 1) {
      const query = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await askRest(server.origin, `/rooms?limit=2${query}`, { token });
      const { items, nextCursor } = body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
      expect(page).toBeLessThan(2);
    }
    expect(new Set(seen).size).toBe(3);
  });
});

describe("CORS", () => {
  const preflight = (origin: string) =>
    ask("/api/contacts/", {
      method: "OPTIONS",
      headers: { origin, "Access-Control-Request-Method": "POST" },
    });

  it("lets the configured origins in, without credentials", async () => {
    const answer = await preflight(allowedOrigin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
    expect(answer.headers.get("access-control-allow-headers")).toContain("Authorization");
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    const get = await ask("/api/auth/me", { headers: { origin: allowedOrigin } });
    expect([get.status, get.headers.get("access-control-allow-origin")]).toEqual([401, allowedOrigin]);
  });

  it("is closed to every other", async () => {
    for (const origin of ["https://evil.test", "null"]) {
      const answer = await preflight(origin);
      expect([answer.status, answer.headers.has("access-control-allow-origin")]).toEqual([403, false]);
      const get = await ask("/api/openapi.json", { headers: { origin } });
      expect(get.headers.has("access-control-allow-origin")).toBe(false);
    }
  });
});

describe("/api/docs", () => {
  it("is a page of our own origin alone", async () => {
    const page = await ask("/api/docs/");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
    const html = await page.text();
    expect(html).not.toMatch(/https?:/);
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(parts).toHaveLength(4);
    for (const part of parts) expect((await ask(part)).status, part).toBe(200);
    expect(await (await ask("/api/openapi.json")).json()).toMatchObject({ openapi: "3.1.1" });
  });
});

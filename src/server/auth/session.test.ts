import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Runtime } from "~/server/runtime";
import { testRuntime } from "~/test/runtime";
import { createSessions } from "./session";

const day = 24 * 60 * 60 * 1000;
const peer = { ip: "192.0.2.1", userAgent: "Testium/1.0" };

const newAccount = async ({ db }: Runtime): Promise<string> => {
  const username = randomUUID();
  const data = { username, displayName: "Somebody", searchName: username, passwordHash: "" };
  return (await db.user.create({ data })).id;
};

const newSession = async (runtime: Runtime) => {
  const userId = await newAccount(runtime);
  const token = await runtime.sessions.create(runtime.db, userId, peer);
  const signedIn = await runtime.sessions.validate(token);
  if (!signedIn) throw new Error("a new session must stand");
  return { userId, token, id: signedIn.sessionId };
};

const ago = (ms: number): Date => new Date(Date.now() - ms);

describe("a token", () => {
  it("is 200 random bits, never the same, and stored nowhere", async () => {
    await using runtime = await testRuntime();
    const userId = await newAccount(runtime);
    const tokens = await Promise.all(
      Array.from({ length: 20 }, () => runtime.sessions.create(runtime.db, userId, peer)),
    );
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[a-z2-7]{40}$/);

    const stored = JSON.stringify(await runtime.db.session.findMany({ where: { userId } }));
    for (const token of tokens) expect(stored).not.toContain(token);
    for (const { tokenHash, id } of await runtime.db.session.findMany({ where: { userId } })) {
      expect(await runtime.sessions.validate(tokenHash)).toBeNull();
      expect(await runtime.sessions.validate(id)).toBeNull();
    }
  });

  it("is worth nothing under another key", async () => {
    await using runtime = await testRuntime();
    const { token } = await newSession(runtime);
    const others = createSessions({ db: runtime.db, secretKey: "another key", secureCookie: false });
    expect(await others.validate(token)).toBeNull();
    expect(await runtime.sessions.validate(token)).not.toBeNull();
  });
});

describe("a session", () => {
  it("ends after 30 days without use", async () => {
    await using runtime = await testRuntime();
    const { token, id, userId } = await newSession(runtime);
    const [fresh] = await runtime.sessions.list(userId);
    expect(fresh?.expiresAt.getTime()).toBeCloseTo(Date.now() + 30 * day, -5);

    await runtime.db.session.update({ where: { id }, data: { expiresAt: ago(1) } });
    expect(await runtime.sessions.list(userId)).toEqual([]);
    expect(await runtime.sessions.validate(token)).toBeNull();
    expect(await runtime.db.session.count({ where: { id } })).toBe(0);
  });

  it("is moved on by use, written down at most once a minute", async () => {
    await using runtime = await testRuntime();
    const { token, id } = await newSession(runtime);
    const read = () => runtime.db.session.findUniqueOrThrow({ where: { id } });

    const before = { lastUsedAt: ago(50_000), expiresAt: new Date(Date.now() + 20 * day) };
    await runtime.db.session.update({ where: { id }, data: before });
    await runtime.sessions.validate(token);
    expect(await read()).toMatchObject(before);

    await runtime.db.session.update({ where: { id }, data: { lastUsedAt: ago(61_000) } });
    await runtime.sessions.validate(token);
    const after = await read();
    expect(after.lastUsedAt.getTime()).toBeGreaterThan(Date.now() - 10_000);
    expect(after.expiresAt.getTime()).toBeCloseTo(Date.now() + 30 * day, -5);
  });

  it("ends after 180 days, however much it is used", async () => {
    await using runtime = await testRuntime();
    const { token, id } = await newSession(runtime);
    const createdAt = ago(179 * day);
    await runtime.db.session.update({ where: { id }, data: { createdAt, lastUsedAt: ago(day) } });
    expect(await runtime.sessions.validate(token)).not.toBeNull();
    const { expiresAt } = await runtime.db.session.findUniqueOrThrow({ where: { id } });
    expect(expiresAt.getTime()).toBe(createdAt.getTime() + 180 * day);
  });

  it("goes when the next one begins, once it has expired", async () => {
    await using runtime = await testRuntime();
    const { id } = await newSession(runtime);
    await runtime.db.session.update({ where: { id }, data: { expiresAt: ago(1) } });
    await newSession(runtime);
    expect(await runtime.db.session.count({ where: { id } })).toBe(0);
  });
});

describe("the cookie", () => {
  it("is out of reach of scripts and other sites", async () => {
    await using runtime = await testRuntime();
    const { token } = await newSession(runtime);
    const attributes = runtime.sessions.cookieFor(token).split("; ");
    expect(attributes[0]).toBe(`charla=${token}`);
    expect(attributes.slice(1).sort()).toEqual(["HttpOnly", "Max-Age=34560000", "Path=/", "SameSite=Lax"]);
  });

  it("is bound to HTTPS and to the host where browsers reach us so", async () => {
    await using runtime = await testRuntime();
    const secure = createSessions({ db: runtime.db, secretKey: "key", secureCookie: true });
    const attributes = secure.cookieFor("token").split("; ");
    expect(attributes[0]).toBe("__Host-charla=token");
    expect(attributes).toContain("Secure");
    expect(attributes.some((attribute) => attribute.startsWith("Domain"))).toBe(false);
    expect(secure.blankCookie()).toMatch(/^__Host-charla=;.*Max-Age=0/);
  });
});

describe("readToken", () => {
  const token = "abcdefghijklmnopqrstuvwxyz234567abcdefgh";
  const cookie = undefined;
  const authorization = undefined;

  it.each([
    ["our cookie", { cookie: `charla=${token}`, authorization }],
    ["our cookie among others", { cookie: `a=b; charla=${token}; c=d`, authorization }],
    ["our cookie beside a malformed one", { cookie: `bad=%zz;charla=${token}`, authorization }],
    ["a bearer token", { cookie, authorization: `Bearer ${token}` }],
    ["a bearer token before a cookie", { cookie: "charla=x", authorization: `bearer ${token}` }],
  ])("finds %s", async (_, headers) => {
    await using runtime = await testRuntime();
    expect(runtime.sessions.readToken(headers)).toBe(token);
  });

  it.each([
    ["nothing", { cookie, authorization }],
    ["another cookie", { cookie: `notcharla=${token}`, authorization }],
    ["what is no token of ours", { cookie: "charla=%zz", authorization }],
    ["another scheme", { cookie, authorization: `Basic ${token}` }],
    ["an empty cookie", { cookie: "charla=", authorization }],
  ])("is null for %s", async (_, headers) => {
    await using runtime = await testRuntime();
    expect(runtime.sessions.readToken(headers)).toBeNull();
  });
});

import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { createCaller } from "~/server/trpc/root";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { refusal } from "~/test/refusal";
import { testRuntime, testSecretKey } from "~/test/runtime";
import { createTokens } from "./tokens";

const secretKey = "another key than the node's, to forge with";

const grantTo = async (node: Runtime, { user, password }: Member) =>
  (await callerFor(node)).auth.grantTokens({ username: user.username, password });

/** Every procedure, called with this bearer token. */
const bearing = async (node: Runtime, token: string) =>
  createCaller(
    await createContext(node, {
      ip: "192.0.2.1",
      userAgent: null,
      cookie: undefined,
      authorization: `Bearer ${token}`,
    }),
  );

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
const claimsOf = (token: string): object =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("an access token", () => {
  it("signs its person in, with the session it names", async () => {
    await using node = await testRuntime();
    const ada = await newcomer(node);
    const granted = await grantTo(node, ada);
    expect(granted).toMatchObject({ token_type: "bearer", expires_in: 15 * 60 });
    const api = await bearing(node, granted.access_token);
    expect(await api.auth.me()).toEqual(ada.user);
    const [session] = await api.auth.sessions();
    expect(session).toMatchObject({ current: true });
  });

  it("is refused, each time with the reason, when it has expired, is forged or asks for another algorithm", async () => {
    await using node = await testRuntime();
    const ada = await newcomer(node);
    const { access_token } = await grantTo(node, ada);
    const { sessionId } = await node.tokens.validate(access_token);
    const past = createTokens({
      db: node.db,
      secretKey: testSecretKey,
      accessTokenMinutes: -1,
    });
    const forger = createTokens({ db: node.db, secretKey, accessTokenMinutes: 15 });
    const [header, payload] = access_token.split(".");
    const hs512 = `${encode({ alg: "HS512" })}.${payload}`;
    const signature = createHmac("sha512", "any").update(hs512).digest("base64url");
    const cases: [string, "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_ALGORITHM"][] = [
      [await past.signAccess(ada.user.id, sessionId), "TOKEN_EXPIRED"],
      [await forger.signAccess(ada.user.id, sessionId), "TOKEN_INVALID"],
      [
        `${header}.${encode({ ...claimsOf(access_token), exp: 9e9 })}.${access_token.split(".")[2]}`,
        "TOKEN_INVALID",
      ],
      [await node.tokens.signRefresh(ada.user.id, { sessionId, generation: 0 }), "TOKEN_INVALID"],
      ["nothing.of.ours", "TOKEN_INVALID"],
      ["nothing", "TOKEN_INVALID"],
      [`${encode({ alg: "none" })}.${payload}.`, "TOKEN_ALGORITHM"],
      [`${hs512}.${signature}`, "TOKEN_ALGORITHM"],
    ];
    for (const [token, reason] of cases) {
      await expect((await bearing(node, token)).auth.me(), token).rejects.toMatchObject(refusal(reason));
    }
  });

  it.each(["signOut", "revokeOtherSessions", "changePassword"] as const)(
    "ends with its session: %s",
    async (how) => {
      await using node = await testRuntime();
      const ada = await newcomer(node);
      const { access_token, refresh_token } = await grantTo(node, ada);
      const [program, browser] = [await bearing(node, access_token), await callerFor(node, ada)];
      if (how === "signOut") await program.auth.signOut();
      else if (how === "revokeOtherSessions") await browser.auth.revokeOtherSessions();
      else {
        await browser.auth.changePassword({ currentPassword: ada.password, newPassword: "another long one" });
      }
      const ended = refusal("SESSION_ENDED");
      await expect((await bearing(node, access_token)).auth.me()).rejects.toMatchObject(ended);
      await expect(browser.auth.refreshTokens({ refresh_token })).rejects.toMatchObject(ended);
    },
  );
});

describe("a refresh token", () => {
  it("is exchanged for new tokens of the same session, which counts as its use", async () => {
    await using node = await testRuntime();
    const ada = await newcomer(node);
    const first = await grantTo(node, ada);
    const { sessionId } = await node.tokens.validate(first.access_token);
    const long = new Date(Date.now() - 24 * 60 * 60 * 1000);
    await node.db.session.update({
      where: { id: sessionId },
      data: { lastUsedAt: long, expiresAt: new Date(Date.now() + 60_000) },
    });
    const api = await callerFor(node);
    const second = await api.auth.refreshTokens(first);
    const third = await api.auth.refreshTokens(second);
    expect(await node.tokens.validate(third.access_token)).toEqual({ user: ada.user, sessionId });
    const session = await node.db.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.lastUsedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(session.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * 24 * 60 * 60 * 1000);
  });

  it("that comes again ends the session, for whoever has its tokens", async () => {
    await using node = await testRuntime();
    const ada = await newcomer(node);
    const stolen = await grantTo(node, ada);
    const api = await callerFor(node);
    const next = await api.auth.refreshTokens(stolen);
    await expect(api.auth.refreshTokens(stolen)).rejects.toMatchObject(refusal("TOKEN_REUSED"));
    await expect(api.auth.refreshTokens(next)).rejects.toMatchObject(refusal("SESSION_ENDED"));
    await expect((await bearing(node, next.access_token)).auth.me()).rejects.toMatchObject(
      refusal("SESSION_ENDED"),
    );
  });

  it("is good once, however many come at the same time", async () => {
    await using node = await testRuntime();
    const granted = await grantTo(node, await newcomer(node));
    const api = await callerFor(node);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => api.auth.refreshTokens(granted)));
    expect(tries.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    await expect(api.auth.refreshTokens(granted)).rejects.toMatchObject(refusal("SESSION_ENDED"));
  });

  it("is no access token, and an access token is no refresh token", async () => {
    await using node = await testRuntime();
    const { access_token } = await grantTo(node, await newcomer(node));
    const api = await callerFor(node);
    await expect(api.auth.refreshTokens({ refresh_token: access_token })).rejects.toMatchObject(
      refusal("TOKEN_INVALID"),
    );
  });
});

describe("auth.createAccount", () => {
  it("makes an account, shown by its username if nothing else is given, and no session", async () => {
    await using node = await testRuntime();
    const api = await callerFor(node);
    const user = await api.auth.createAccount({ username: "seedling", password: "a password of mine" });
    expect(user).toMatchObject({ username: "seedling", displayName: "seedling" });
    expect(await node.db.session.count({ where: { userId: user.id } })).toBe(0);
    await expect(
      api.auth.createAccount({ username: "seedling", password: "a password of mine" }),
    ).rejects.toMatchObject(refusal("USERNAME_TAKEN", { fields: { username: ["usernameTaken"] } }));
  });
});

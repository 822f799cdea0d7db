import { randomUUID } from "node:crypto";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Runtime } from "~/server/runtime";
import type { RouterOutputs } from "~/server/trpc/root";
import type { User } from "~/shared/users";
import { openBrowser } from "~/test/browser";
import { callerFor, newcomer } from "~/test/cast";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { watchRights } from "~/test/strangers";
import { triesPerAccount } from "./limits";

/** One person signed in in two browsers. */
const twoBrowsers = async (node: Runtime) => {
  const { user, password } = await newcomer(node);
  const [here, there] = [openBrowser(node), openBrowser(node, { userAgent: "Elsewhere/2.0" })];
  for (const browser of [here, there]) {
    await (await browser.api()).auth.signIn({ username: user.username, password });
  }
  return { user, password, here, there };
};

const isSignedIn = async (browser: ReturnType<typeof openBrowser>): Promise<boolean> =>
  (await browser.context()).identity.state === "signed-in";

describe("somebody who is signed out", () => {
  it.each([
    ["me", (api) => api.auth.me()],
    ["signOut", (api) => api.auth.signOut()],
    [
      "changePassword",
      (api) => api.auth.changePassword({ currentPassword: "x", newPassword: "a new password" }),
    ],
    ["updateProfile", (api) => api.auth.updateProfile({ displayName: "Ada" })],
    ["setPicture", (api) => api.auth.setPicture({ pictureId: null })],
    ["sessions", (api) => api.auth.sessions()],
    ["revokeSession", (api) => api.auth.revokeSession({ sessionId: randomUUID() })],
    ["revokeOtherSessions", (api) => api.auth.revokeOtherSessions()],
  ] satisfies [string, (api: Awaited<ReturnType<typeof callerFor>>) => Promise<unknown>][])(
    "is refused auth.%s",
    async (_, call) => {
      await using node = await testRuntime();
      await expect(call(await callerFor(node))).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
    },
  );
});

describe("auth.me", () => {
  it("is who I am, and nothing that is nobody's business", async () => {
    await using node = await testRuntime();
    const dora = await newcomer(node);
    expect(await (await callerFor(node, dora)).auth.me()).toStrictEqual(dora.user);
    expectTypeOf<RouterOutputs["auth"]["me"]>().toEqualTypeOf<User>();
  });
});

describe("auth.signOut", () => {
  it("ends this session and no other, tells the live streams, and clears the cookie", async () => {
    await using node = await testRuntime();
    const { user, here, there } = await twoBrowsers(node);
    const token = here.cookie;
    const { told } = await watchRights(node, user.id);
    await (await here.api()).auth.signOut();
    await told;
    expect(here.setCookie).toMatch(/^charla=;.*Max-Age=0/);
    expect(await isSignedIn(there)).toBe(true);
    here.setCookie = token;
    expect(await isSignedIn(here)).toBe(false);
  });
});

describe("auth.updateProfile", () => {
  it("changes how others see and find this person", async () => {
    await using node = await testRuntime();
    const [me, other] = [await newcomer(node), await newcomer(node)];
    const [asMe, asOther] = [await callerFor(node, me), await callerFor(node, other)];
    const changed = await asMe.auth.updateProfile({ displayName: " Zoë Ñandú " });
    expect(changed).toEqual({ ...me.user, displayName: "Zoë Ñandú", profileRev: 1 });
    expect(await (await callerFor(node, me)).auth.me()).toEqual(changed);
    expect(await asOther.contacts.search({ query: "zoe nandu" })).toMatchObject([changed]);
    expect(await asOther.contacts.search({ query: me.user.username })).toMatchObject([changed]);
  });

  it("refuses a name that is none", async () => {
    await using node = await testRuntime();
    const api = await callerFor(node, await newcomer(node));
    for (const displayName of ["", "  ", "a".repeat(65), "two\nlines"]) {
      await expect(api.auth.updateProfile({ displayName })).rejects.toMatchObject(
        invalidInput("displayName"),
      );
    }
  });
});

describe("auth.changePassword", () => {
  const newPassword = "three green ladders";

  it("changes it and ends every other session", async () => {
    await using node = await testRuntime();
    const { user, password, here, there } = await twoBrowsers(node);
    await (await here.api()).auth.changePassword({ currentPassword: password, newPassword });
    expect(await isSignedIn(here)).toBe(true);
    expect(await isSignedIn(there)).toBe(false);

    const api = await callerFor(node);
    await expect(api.auth.signIn({ username: user.username, password })).rejects.toMatchObject(
      refusal("BAD_CREDENTIALS"),
    );
    await expect(api.auth.signIn({ username: user.username, password: newPassword })).resolves.toBeDefined();
  });

  it("refuses a wrong current password, which counts as a try on the account", async () => {
    await using node = await testRuntime();
    const { user, password, here, there } = await twoBrowsers(node);
    const api = await here.api();
    const wrong = refusal("WRONG_PASSWORD", { fields: { currentPassword: ["wrongPassword"] } });
    const change = (currentPassword: string) => api.auth.changePassword({ currentPassword, newPassword });
    await expect(change("a wrong guess")).rejects.toMatchObject(wrong);
    await node.backplane.limits.take(triesPerAccount, user.username, triesPerAccount.points - 1);
    await expect(change(password)).rejects.toMatchObject(refusal("RATE_LIMITED"));
    expect(await isSignedIn(there)).toBe(true);
  });

  it("lets one of two changes at once win, and the other say that the password was wrong", async () => {
    await using node = await testRuntime();
    const { password, here } = await twoBrowsers(node);
    const api = await here.api();
    const results = await Promise.allSettled(
      ["three green ladders", "four green ladders"].map((newPassword) =>
        api.auth.changePassword({ currentPassword: password, newPassword }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject(
      refusal("WRONG_PASSWORD"),
    );
  });

  it("refuses a new password that is common or too short", async () => {
    await using node = await testRuntime();
    const dora = await newcomer(node);
    const { auth } = await callerFor(node, dora);
    const change = (newPassword: string) =>
      auth.changePassword({ currentPassword: dora.password, newPassword });
    await expect(change("iloveyou1")).rejects.toMatchObject(
      refusal("PASSWORD_TOO_COMMON", { fields: { newPassword: ["passwordTooCommon"] } }),
    );
    await expect(change("short")).rejects.toMatchObject(invalidInput("newPassword", "passwordTooShort"));
  });
});

describe("auth.sessions", () => {
  it("lists mine alone, the most recently used first, and marks the one that asks", async () => {
    await using node = await testRuntime();
    await newcomer(node);
    const { here, there } = await twoBrowsers(node);
    const sessions = await (await here.api()).auth.sessions();
    expect(sessions).toMatchObject([
      { current: false, userAgent: "Elsewhere/2.0", ip: there.ip },
      { current: true, userAgent: "Testium/1.0", ip: here.ip },
      { current: false, userAgent: "test" },
    ]);
    expectTypeOf<RouterOutputs["auth"]["sessions"][number]>().toEqualTypeOf<{
      id: string;
      current: boolean;
      createdAt: Date;
      lastUsedAt: Date;
      expiresAt: Date;
      userAgent: string | null;
      ip: string | null;
    }>();
  });
});

describe("auth.revokeSession", () => {
  it("ends that session alone", async () => {
    await using node = await testRuntime();
    const { here, there } = await twoBrowsers(node);
    const api = await here.api();
    const other = (await api.auth.sessions()).find(({ userAgent }) => userAgent === "Elsewhere/2.0");
    await api.auth.revokeSession({ sessionId: other?.id ?? "" });
    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
  });

  it("answers for somebody else's as for nobody's, and leaves it alone", async () => {
    await using node = await testRuntime();
    const [dora, olga] = [await newcomer(node), await newcomer(node)];
    const doraApi = await callerFor(node, dora);
    const [session] = await doraApi.auth.sessions();
    const { auth } = await callerFor(node, olga);
    for (const sessionId of [session?.id ?? "", randomUUID()]) {
      await expect(auth.revokeSession({ sessionId })).rejects.toMatchObject(refusal("SESSION_NOT_FOUND"));
    }
    expect(await doraApi.auth.sessions()).toHaveLength(1);
    await expect(auth.revokeSession({ sessionId: "1" })).rejects.toMatchObject(invalidInput("sessionId"));
  });
});

describe("auth.revokeOtherSessions", () => {
  it("leaves me the one that asks, and everybody else theirs", async () => {
    await using node = await testRuntime();
    const olga = await newcomer(node);
    const { here, there } = await twoBrowsers(node);
    await (await here.api()).auth.revokeOtherSessions();
    expect(await (await here.api()).auth.sessions()).toMatchObject([{ current: true }]);
    expect(await isSignedIn(there)).toBe(false);
    expect(await (await callerFor(node, olga)).auth.sessions()).toHaveLength(1);
  });
});

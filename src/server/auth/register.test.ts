import { describe, expect, expectTypeOf, it } from "vitest";
import type { RouterOutputs } from "~/server/trpc/root";
import { openBrowser } from "~/test/browser";
import { callerFor, register } from "~/test/cast";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { addressKey, registrationsPerAddress } from "./limits";

const account = { username: "dora", displayName: "Dora Maar", password: "a quiet blue horse" };

describe("auth.register", () => {
  it("makes an account and signs in to it", async () => {
    await using node = await testRuntime();
    const browser = openBrowser(node);
    const { user } = await (await browser.api()).auth.register({
      ...account,
      username: " Dora ",
      displayName: " Dora  Maar\n",
    });
    expect(user).toEqual({
      id: user.id,
      username: "dora",
      displayName: "Dora  Maar",
      pictureId: null,
      profileRev: 0,
      deleted: false,
    });
    expect(await (await browser.api()).auth.me()).toEqual(user);
    expectTypeOf<RouterOutputs["auth"]["register"]>().toEqualTypeOf<{
      user: {
        id: string;
        username: string;
        displayName: string;
        pictureId: string | null;
        profileRev: number;
        deleted: boolean;
      };
    }>();
  });

  it("keeps of the password only its argon2id hash, of 19 MiB and 2 passes", async () => {
    await using node = await testRuntime();
    const { user, password } = await register(node, { username: "hilda", displayName: "Hilda" });
    const stored = await node.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(password);
  });

  it("gives a name to one person only, also when two ask at once", async () => {
    await using node = await testRuntime();
    const browsers = [openBrowser(node), openBrowser(node)];
    const results = await Promise.allSettled(
      browsers.map(async (browser) => (await browser.api()).auth.register({ ...account, username: "elena" })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const loser = browsers[results.findIndex(({ status }) => status === "rejected")];
    expect(loser?.setCookie).toBeUndefined();

    await expect(
      (await callerFor(node)).auth.register({ ...account, username: "ELENA" }),
    ).rejects.toMatchObject(refusal("USERNAME_TAKEN", { fields: { username: ["usernameTaken"] } }));
  });

  it.each([
    ["username", { username: "ab" }, "usernameTooShort"],
    ["username", { username: "a".repeat(33) }, "usernameTooLong"],
    ["username", { username: "ana maría" }, "usernameCharacters"],
    ["username", { username: "-ana" }, "usernameCharacters"],
    ["username", { username: "ana\u0000" }, "usernameCharacters"],
    ["displayName", { displayName: " \n " }, "displayNameEmpty"],
    ["displayName", { displayName: "😀".repeat(65) }, "displayNameTooLong"],
    ["displayName", { displayName: "A\u0000da" }, "displayNameControlCharacters"],
    ["displayName", { displayName: "Ada\tLovelace" }, "displayNameControlCharacters"],
    ["password", { password: "1234567" }, "passwordTooShort"],
    ["password", { password: "x".repeat(257) }, "passwordTooLong"],
  ])("refuses a bad %s: %o", async (field, wrong, message) => {
    await using node = await testRuntime();
    const call = (await callerFor(node)).auth.register({ ...account, ...wrong });
    await expect(call).rejects.toMatchObject(invalidInput(field, message));
  });

  it.each([
    ["one of the commonest", "Password123"],
    ["the username", "Francisca"],
  ])("refuses %s as a password", async (_, password) => {
    await using node = await testRuntime();
    const call = (await callerFor(node)).auth.register({ ...account, username: "francisca", password });
    await expect(call).rejects.toMatchObject(
      refusal("PASSWORD_TOO_COMMON", { fields: { password: ["passwordTooCommon"] } }),
    );
  });

  it("takes any characters and 256 of them, and finds them again however they were composed", async () => {
    await using node = await testRuntime();
    const password = `${"ñandú 鳥 🐦 ".repeat(30)}`.slice(0, 256);
    const api = await callerFor(node);
    await api.auth.register({ ...account, username: "greta", password: password.normalize("NFC") });
    await expect(
      api.auth.signIn({ username: "greta", password: password.normalize("NFD") }),
    ).resolves.toMatchObject({ user: { username: "greta" } });
  });

  it("is limited on the address", async () => {
    await using node = await testRuntime();
    const browser = openBrowser(node);
    const { points, seconds } = registrationsPerAddress;
    await node.backplane.limits.take(registrationsPerAddress, addressKey(browser.ip), points);
    const error = await (await browser.api()).auth.register(account).catch((error: unknown) => error);
    expect(error).toMatchObject(refusal("RATE_LIMITED"));
    expect(error).toHaveProperty("cause.retryAfterSeconds", expect.closeTo(seconds, -1));
  });
});

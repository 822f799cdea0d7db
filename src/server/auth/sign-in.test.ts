import * as argon2 from "@node-rs/argon2";
import { describe, expect, it, vi } from "vitest";
import { openBrowser } from "~/test/browser";
import { callerFor, newcomer } from "~/test/cast";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { addressKey, signInsPerAddress, triesPerAccount } from "./limits";

// Real, and watched: how much work an answer costs can only be seen here.
vi.mock("@node-rs/argon2", { spy: true });

describe("auth.signIn", () => {
  it("signs in, with a new token each time", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const browser = openBrowser(node);
    const cookies = new Set<string | undefined>();
    for (const username of [user.username, user.username.toUpperCase(), ` ${user.username} `]) {
      expect(await (await browser.api()).auth.signIn({ username, password })).toEqual({ user });
      expect(await (await browser.api()).auth.me()).toEqual(user);
      cookies.add(browser.cookie);
    }
    expect(cookies.size).toBe(3);
  });

  it("answers a wrong password and a name that nobody has or can have alike, after the same work", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const answers = [];
    for (const username of [user.username, "nobody-at-all", "no body", "nobody\u0000", "\ud800"]) {
      vi.mocked(argon2.verify).mockClear();
      const api = await callerFor(node);
      const error = await api.auth
        .signIn({ username, password: `${password}!` })
        .catch((error: unknown) => error);
      expect(error).toMatchObject(refusal("BAD_CREDENTIALS"));
      const work = vi.mocked(argon2.verify).mock.calls.map(([hash]) => argon2.parseOptions(hash));
      answers.push({ message: String(error), work });
    }
    expect(answers[0]?.work).toEqual([expect.objectContaining({ memoryCost: 19_456, timeCost: 2 })]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each([
    ["username", { username: " " }, "usernameEmpty"],
    ["username", { username: "x".repeat(257) }, "usernameTooLong"],
    ["password", { password: "" }, "passwordEmpty"],
    ["password", { password: "x".repeat(257) }, "passwordTooLong"],
  ])("refuses a bad %s: %o", async (field, wrong, message) => {
    await using node = await testRuntime();
    const call = (await callerFor(node)).auth.signIn({ username: "ada", password: "secret", ...wrong });
    await expect(call).rejects.toMatchObject(invalidInput(field, message));
  });

  it("allows ten tries on an account, wherever they come from and though all come at once", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const tries = Array.from({ length: 25 }, async () =>
      (await callerFor(node)).auth.signIn({ username: user.username, password: "a wrong guess" }),
    );
    const reasons = (await Promise.allSettled(tries)).map((result) =>
      result.status === "rejected" ? result.reason.cause.reason : "signed in",
    );
    expect(reasons.filter((reason) => reason === "BAD_CREDENTIALS")).toHaveLength(10);
    expect(reasons.filter((reason) => reason === "RATE_LIMITED")).toHaveLength(15);

    const right = (await callerFor(node)).auth.signIn({ username: user.username, password });
    await expect(right).rejects.toMatchObject(refusal("RATE_LIMITED"));
  });

  it("limits a name that nobody has as it limits one that somebody has", async () => {
    await using node = await testRuntime();
    await node.backplane.limits.take(triesPerAccount, "nobody", triesPerAccount.points);
    const call = (await callerFor(node)).auth.signIn({ username: "nobody", password: "a wrong guess" });
    await expect(call).rejects.toMatchObject(refusal("RATE_LIMITED"));
  });

  it("gives the tries back with the right password", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const api = await callerFor(node);
    for (let round = 0; round < 2; round += 1) {
      await node.backplane.limits.take(triesPerAccount, user.username, triesPerAccount.points - 1);
      await expect(api.auth.signIn({ username: user.username, password })).resolves.toBeDefined();
    }
  });

  it("limits an address, without touching the account's own tries", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const browser = openBrowser(node);
    await node.backplane.limits.take(signInsPerAddress, addressKey(browser.ip), signInsPerAddress.points);
    for (let round = 0; round <= triesPerAccount.points; round += 1) {
      const call = (await browser.api()).auth.signIn({ username: user.username, password });
      await expect(call).rejects.toMatchObject(refusal("RATE_LIMITED"));
    }
    await expect(
      (await callerFor(node)).auth.signIn({ username: user.username, password }),
    ).resolves.toBeDefined();
  });

  it("renews a hash that was made with less work, also when two sign in at once", async () => {
    await using node = await testRuntime();
    const { user, password } = await newcomer(node);
    const weak = await argon2.hash(password, { memoryCost: 8_192, timeCost: 1 });
    await node.db.user.update({ where: { id: user.id }, data: { passwordHash: weak } });
    const signIn = async () => (await callerFor(node)).auth.signIn({ username: user.username, password });
    await Promise.all([signIn(), signIn()]);
    const { passwordHash } = await node.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(passwordHash).toContain("m=19456,t=2,p=1");
    await expect(signIn()).resolves.toBeDefined();
  });

  it("opens nothing with a password that changed while it was being checked", async () => {
    await using node = await testRuntime();
    const dora = await newcomer(node);
    const { auth } = await callerFor(node, dora);
    const { verify } = await vi.importActual<typeof argon2>("@node-rs/argon2");
    vi.mocked(argon2.verify).mockImplementationOnce(async (hash, password) => {
      const isRight = await verify(hash, password);
      await auth.changePassword({ currentPassword: dora.password, newPassword: "three green ladders" });
      return isRight;
    });
    const browser = openBrowser(node);
    const { username } = dora.user;
    const call = (await browser.api()).auth.signIn({ username, password: dora.password });
    await expect(call).rejects.toMatchObject(refusal("BAD_CREDENTIALS"));
    expect(browser.setCookie).toBeUndefined();
    expect(await auth.sessions()).toHaveLength(1);
  });
});

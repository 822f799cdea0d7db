import { expect, test } from "vitest";
import { hashPassword, isCommonPassword, needsRehash, verifyPassword } from "./password";

test("a password opens its own hash and no other", async () => {
  const hash = await hashPassword("a quiet blue horse");
  expect(await verifyPassword(hash, "a quiet blue horse")).toBe(true);
  expect(await verifyPassword(hash, "a quiet blue house")).toBe(false);
  expect(await verifyPassword(null, "a quiet blue horse")).toBe(false);
  expect(await hashPassword("a quiet blue horse")).not.toBe(hash);
});

test("only a hash made with less work than today's is renewed", async () => {
  const hash = await hashPassword("a quiet blue horse");
  expect(needsRehash(hash)).toBe(false);
  expect(needsRehash(hash.replace("t=2", "t=1"))).toBe(true);
  expect(needsRehash(hash.replace("m=19456", "m=65536"))).toBe(false);
});

test.each(["password1", "QWERTYUIOP", "11111111", "Francisca"])(
  "%s is among a guesser's first",
  (password) => {
    expect(isCommonPassword(password, "francisca")).toBe(true);
  },
);

test("more than can be checked in time are turned away at once, and the rest are checked", async () => {
  const checks = Array.from({ length: 100 }, () => verifyPassword(null, "a guess"));
  const results = await Promise.allSettled(checks);
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused.map(({ reason }) => reason.reason)).toEqual(refused.map(() => "UNAVAILABLE"));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(50);
  expect(await verifyPassword(await hashPassword("afterwards"), "afterwards")).toBe(true);
});

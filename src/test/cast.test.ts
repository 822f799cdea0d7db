import { expect, test } from "vitest";
import { callerFor, member, newcomer } from "./cast";
import { testRuntime } from "./runtime";

test("one of the cast is the same person through every node of a file", async () => {
  await using first = await testRuntime();
  await using second = await testRuntime();
  const ada = await member(first, "ada");
  const me = await (await callerFor(second, ada)).auth.me();
  expect(me).toEqual(ada.user);
  expect(await member(second, "ada")).toBe(ada);
});

test("a newcomer is nobody else, and who is not signed in is nobody", async () => {
  await using node = await testRuntime();
  const [one, other] = await Promise.all([newcomer(node), newcomer(node)]);
  expect(one.user.id).not.toBe(other.user.id);
  await expect((await callerFor(node)).auth.me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

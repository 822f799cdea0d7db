import { expect, test } from "vitest";
import { nextPath, onTheWayTo } from "./next-path";

test("an address of ours is come back to", () => {
  expect(nextPath("/join/_Nv-X9")).toBe("/join/_Nv-X9");
  expect(onTheWayTo("/join/_Nv-X9", "/register")).toBe("/register?next=%2Fjoin%2F_Nv-X9");
  expect(onTheWayTo("/", "/sign-in")).toBe("/sign-in");
});

test.each([
  undefined,
  ["/join/a", "/join/b"],
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "/join/../..//evil.example",
  "/join/a\n/b",
  "javascript:alert(1)",
])("%j leads to the chat", (asked) => {
  expect(nextPath(asked)).toBe("/");
});

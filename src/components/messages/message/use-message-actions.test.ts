import { expect, it } from "vitest";
import { toggleReaction } from "./use-message-actions";

const before = [
  { emoji: "👍", userIds: ["ada", "leo"] },
  { emoji: "🎉", userIds: ["leo"] },
];

it("puts a reaction where there is none, and beside those of others", () => {
  expect(toggleReaction(before, "❤️", "ada")).toEqual([...before, { emoji: "❤️", userIds: ["ada"] }]);
  expect(toggleReaction(before, "🎉", "ada")[1]).toEqual({ emoji: "🎉", userIds: ["leo", "ada"] });
});

it("takes a reaction back, and the emoji with the last one", () => {
  expect(toggleReaction(before, "👍", "ada")[0]).toEqual({ emoji: "👍", userIds: ["leo"] });
  expect(toggleReaction(before, "🎉", "leo")).toEqual([before[0]]);
});

import { expect, it } from "vitest";
import { loadEmojiData } from "./emoji-data";
import { loadEmojiNames } from "./emoji-names";
import { skinTones, toned } from "./skin-tone";

it.each([
  ["es", "smi", "😄"],
  ["es", "corazon_roj", "❤️"],
  ["es", "heart", "❤️"],
  ["es", "cohete", "🚀"],
  ["es", "rocket", "🚀"],
  ["es", "+1", "👍"],
  ["es", "tada", "🎉"],
  ["es", "beaming", "😁"],
  ["en", "cohete", "🚀"],
  ["en", "corazon_rojo", "❤️"],
  ["en", "red_heart", "❤️"],
  ["en", "thumbsup", "👍"],
])("in %s finds first by :%s", async (locale, query, emoji) => {
  const find = await loadEmojiNames(locale);
  expect(find(query, "none")[0]?.emoji).toBe(emoji);
});

it("puts the whole code before its beginning, and what is called so before what is like it", async () => {
  const find = await loadEmojiNames("es");
  expect(find("cat", "none")[0]).toMatchObject({ emoji: "🐱", code: "cat", isExact: true });
  const labels = find("feliz", "none").map(({ label }) => label);
  expect(labels[0]).toContain("feliz");
  expect(labels).toContain("cara sonriendo");
  expect(find("nadasellamaasi", "none")).toEqual([]);
});

it("gives every emoji a code", async () => {
  const find = await loadEmojiNames("es");
  const all = find("", "none");
  expect(all.length).toBeGreaterThan(1_800);
  expect(all.filter(({ code }) => !/^\S+$/.test(code))).toEqual([]);
});

it("draws hands and people in the tone chosen, as the server takes it", async () => {
  const find = await loadEmojiNames("es");
  expect(find("+1", "medium")[0]?.emoji).toBe("👍🏽");
  expect(find("heart", "dark")[0]?.emoji).toBe("❤️");
  for (const tone of skinTones) {
    expect(find("", tone).filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(emoji))).toEqual([]);
  }
  const { emojis } = await loadEmojiData("es");
  const hand = emojis.find(({ emoji }) => emoji === "👋");
  expect(hand?.skins).toEqual(
    Object.fromEntries(skinTones.slice(1).map((tone) => [tone, toned("👋", tone)])),
  );
});

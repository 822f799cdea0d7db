import { expect, it } from "vitest";
import { loadEmojiData } from "./emoji-data";

it.each([
  ["es", "corazon rojo", "❤️"],
  ["en", "red heart", "❤️"],
  ["en-GB", "thumbs up", "👍"],
])("in %s finds by %j", async (locale, words, emoji) => {
  const { emojis, categories } = await loadEmojiData(locale);
  const found = emojis.find(({ tags }) => tags.includes(words));
  expect(found?.emoji).toBe(emoji);
  const known = new Set(categories.map(({ index }) => index));
  expect(emojis.every(({ category }) => known.has(category))).toBe(true);
});

it("offers nothing that the server would not take as a reaction", async () => {
  const { emojis } = await loadEmojiData("es");
  expect(emojis.filter(({ emoji }) => !/^\p{RGI_Emoji}$/v.test(emoji))).toEqual([]);
});

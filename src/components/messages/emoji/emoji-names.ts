import { foldForSearch } from "~/shared/fold-for-search";
import { loadEmojiData } from "./emoji-data";
import type { SkinTone } from "./skin-tone";

export interface FoundEmoji {
  emoji: string;
  /** What the reader's language calls it. */
  label: string;
  /** What one types between colons, in words joined by `_`. */
  code: string;
  /** The query is all of one of its codes. */
  isExact: boolean;
}

/**
 * The emoji that a query may mean, the likeliest first. They are found by the words of their codes, of their names in the
 * reader's language, and of what else that language connects with them.
 *
 * @param query folded for search; `_` stands between words
 */
export type FindEmoji = (query: string, tone: SkinTone) => FoundEmoji[];

type Codes = Record<string, string | string[]>;

/** What emoji are called between colons everywhere, and in the language that is not the reader's. */
const loadCodes = async (locale: string): Promise<Codes[]> => {
  const modules = await Promise.all([
    import("emojibase-data/en/shortcodes/github.json"),
    locale === "es"
      ? import("emojibase-data/en/shortcodes/cldr.json")
      : import("emojibase-data/es/shortcodes/cldr.json"),
  ]);
  return modules.map((module) => module.default);
};

const hexOf = (emoji: string): string =>
  [...emoji].map((character) => character.codePointAt(0)?.toString(16).toUpperCase()).join("-");

const joined = (name: string): string => foldForSearch(name).replaceAll(/[\s:,._-]+(?=\S)/g, "_");

interface Named {
  names: readonly string[];
  tags: readonly string[];
}

/** How an emoji fits the query, the best first: a whole code, the beginning of one, of a word in it, of a word connected. */
const fitOf = ({ names, tags }: Named, query: string): { rank: number; code: string } | null => {
  const begins = names.filter((name) => name.startsWith(query)).sort((a, b) => a.length - b.length);
  const [code] = [...begins, ...names.filter((name) => name.includes(`_${query}`))];
  if (code !== undefined) return { rank: code === query ? 0 : begins.length > 0 ? 1 : 2, code };
  return tags.some((tag) => tag.startsWith(query)) ? { rank: 3, code: names[0] ?? "" } : null;
};

/** Reads what emoji are called, in both languages. */
export const loadEmojiNames = async (locale: string): Promise<FindEmoji> => {
  const [{ emojis }, sets] = await Promise.all([loadEmojiData(locale), loadCodes(locale)]);
  const known = emojis.map(({ emoji, skins, label, tags }) => {
    const keys = [hexOf(emoji), hexOf(emoji.replaceAll("\uFE0F", ""))];
    const codes = sets.flatMap((set) => keys.flatMap((key) => set[key] ?? [])).map(joined);
    const names = [...new Set([...codes, joined(label)])];
    return { emoji, skins, label, names, tags: tags.map(joined) };
  });
  return (query, tone) => {
    const meant = joined(query);
    return known
      .flatMap((one) => {
        const fit = fitOf(one, meant);
        return fit ? { ...one, ...fit } : [];
      })
      .sort((a, b) => a.rank - b.rank || a.code.length - b.code.length)
      .map(({ emoji, skins, label, code, rank }) => ({
        emoji: tone === "none" ? emoji : (skins?.[tone] ?? emoji),
        label,
        code,
        isExact: rank === 0,
      }));
  };
};

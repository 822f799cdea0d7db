import { foldForSearch } from "~/shared/fold-for-search";

/** A stretch of a found text, and whether it is what was searched for. */
export interface FoundSegment {
  readonly text: string;
  readonly isFound: boolean;
}

/** Forms of one word share at least this many letters from its beginning, and three fifths of it. */
const stem = { letters: 4, share: 0.6 };
/** How much of a long text stands around the first word found, in characters. */
const context = 60;

const sharedStart = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
};

const matches = (word: string, wanted: string): boolean => {
  const shared = sharedStart(word, wanted);
  return word.includes(wanted) || (shared >= stem.letters && shared >= wanted.length * stem.share);
};

/**
 * The part of a text around what was found in it, the words found apart from the rest. As the server does, it takes other
 * forms of a word and words that have it within, and does not mind accents.
 */
export const foundWords = (body: string, query: string): FoundSegment[] => {
  const text = body.replaceAll(/\s+/g, " ");
  const wanted = foldForSearch(query).match(/[\p{L}\p{N}]+/gu) ?? [];
  const segments: FoundSegment[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const folded = foldForSearch(word);
    if (!wanted.some((one) => matches(folded, one))) continue;
    if (index > end) segments.push({ text: text.slice(end, index), isFound: false });
    segments.push({ text: word, isFound: true });
    end = index + word.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end), isFound: false });
  return shorten(segments);
};

/** Cuts what stands before the first word found down to its last words. */
const shorten = ([first, ...rest]: FoundSegment[]): FoundSegment[] => {
  if (!first) return [];
  if (first.isFound || rest.length === 0 || first.text.length <= context) return [first, ...rest];
  const text = first.text.slice(-context);
  return [{ text: `…${text.slice(text.indexOf(" ") + 1)}`, isFound: false }, ...rest];
};

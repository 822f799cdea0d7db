import { foldForSearch } from "~/shared/fold-for-search";

/** What is being written before the caret and can be completed. */
export interface Token {
  /** `mention`: `@…`, somebody's name. `emoji`: `:…`, what an emoji is called. */
  readonly kind: "mention" | "emoji";
  /** Where its mark stands in the text. */
  readonly start: number;
  /** What comes after the mark, folded as it is looked for. */
  readonly query: string;
  /** An emoji's second colon is there: what it is called is all of it. */
  readonly closed: boolean;
}

const mention = /(?<![\p{L}\p{N}_@./-])@([\p{L}\p{M}\p{N}._-]{0,32})$/u;

/** Two characters at least, and no digit to begin with: 10:30, https://, :D and :3 mean themselves. */
const emoji = /(?<![\p{L}\p{N}_:;.=/\\-])(:)([\p{L}+-][\p{L}\p{M}\p{N}_+-]{1,31})(:?)$/u;

/** Whether code that begins before the caret has not ended there. */
const isInCode = (before: string): boolean => before.split("`").length % 2 === 0;

/** What stands before the caret, if that can be completed. */
export const tokenBefore = (before: string): Token | null => {
  const person = mention.exec(before);
  if (person) {
    return { kind: "mention", start: person.index, query: foldForSearch(person[1] ?? ""), closed: false };
  }
  const named = emoji.exec(before);
  if (!named || isInCode(before)) return null;
  const [, , name = "", end] = named;
  return { kind: "emoji", start: named.index, query: foldForSearch(name), closed: end === ":" };
};

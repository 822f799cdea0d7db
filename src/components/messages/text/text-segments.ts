/** A stretch of a message: plain text, or a link to where `href` says. */
export interface TextSegment {
  readonly text: string;
  readonly href: string | null;
}

const address = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation after an address belongs to the sentence. */
const trailing = /[.,;:!?…¡¿»”’*_~]+$/u;
const brackets = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
] as const;

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Takes off what follows the address: punctuation, and a closing bracket that was not opened within it. */
const trimAddress = (found: string): string => {
  const text = found.replace(trailing, "");
  const unopened = brackets.some(
    ([open, close]) => text.endsWith(close) && count(text, close) > count(text, open),
  );
  if (unopened) return trimAddress(text.slice(0, -1));
  return text === found ? text : trimAddress(text);
};

/** A text as the address of a web page; null if it is none. */
export const hrefOf = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "http:" || protocol === "https:" ? href : null;
};

/** Cuts a text where its web addresses begin and end. Joined again, the segments are the text. */
export const segmentsOf = (text: string): TextSegment[] => {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const link = trimAddress(match[0]);
    const href = hrefOf(link);
    if (href === null) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index), href: null });
    segments.push({ text: link, href });
    end = match.index + link.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end), href: null });
  return segments;
};

const emoji =
  /(?:\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*(?:[\u{E0020}-\u{E007F}]+)?)/u
    .source;
const onlyEmoji = new RegExp(`^(?:${emoji}\\s*){1,6}$`, "u");

/** Whether a text is nothing but a few emoji, which are shown large. */
export const isOnlyEmoji = (text: string): boolean => onlyEmoji.test(text);

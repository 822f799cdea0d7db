import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";

/** What Markdown can do and a chat does not: headings, pictures, HTML, escapes that eat backslashes … */
const disabled = [
  "autolink",
  "characterEscape",
  "characterReference",
  "codeIndented",
  "definition",
  "hardBreakEscape",
  "headingAtx",
  "htmlFlow",
  "htmlText",
  "setextUnderline",
  "thematicBreak",
];

const fence = /^ {0,3}(?:```|~~~)/;
const marked = /^ {0,3}(?:>|[-+*] |\d{1,9}[.)] )/;
const goesOn = /^(?:\s|$)/;

/**
 * Ends a quote or a list with its last marked line, as people mean it: by themselves they would take in the lines that
 * follow.
 */
const endBlocks = (text: string): string => {
  let inCode = false;
  let before = "";
  const lines = text.split("\n").map((line) => {
    const ends = !inCode && marked.test(before) && !marked.test(line) && !goesOn.test(line);
    if (fence.test(line)) inCode = !inCode;
    before = inCode ? "" : line;
    return ends ? `\n${line}` : line;
  });
  return lines.join("\n");
};

/** A message's tree, and the text that its positions mean. */
export interface Markdown {
  readonly root: Root;
  readonly source: string;
}

/** Reads bold, italic, struck, code, quotes, lists and links; all else stays text. */
export const parseMarkdown = (text: string): Markdown => {
  const source = endBlocks(text);
  const root = fromMarkdown(source, {
    extensions: [gfmStrikethrough({ singleTilde: false }), { disable: { null: disabled } }],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });
  return { root, source };
};

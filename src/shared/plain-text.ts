/** Code keeps its characters: fenced, or within a line. */
const code = /(^ {0,3}```[^\n]*\n[\s\S]*?(?:\n {0,3}```[^\n]*|$(?![\s\S]))|`[^`\n]+`)/m;
const fence = /^ {0,3}```[^\n]*\n?|\n? {0,3}```[^\n]*$/g;

/** Marks stand around words, not within one: 2*3*4 and snake_case mean themselves. As `MarkdownText` has it. */
const around = (mark: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}\\\\/_*~])${mark}(?=\\S)([^\\n]+?)(?<=\\S)${mark}(?![\\p{L}\\p{N}\\\\/_*~])`,
    "gu",
  );
const marks = ["\\*\\*", "__", "\\*", "_"].map(around);
const struck = /~~(?=\S)([^\n]+?)(?<=\S)~~/g;
const link = /\[([^\]\n]+)\]\(https?:\/\/[^\s()]+\)/g;
const quoted = /^ {0,3}> ?/gm;
const bullet = /^ {0,3}[-+*] (?=\S)/gm;

const unmark = (text: string): string =>
  marks
    .reduce((rest, mark) => rest.replace(mark, "$1"), text.replace(link, "$1").replace(struck, "$1"))
    .replace(quoted, "")
    .replace(bullet, "• ");

/** What is between marks of code, which stand before and after it. */
const uncode = (part: string): string => part.replace(fence, "").replace(/^`|`$/g, "");

const plain = (body: string, ofCode: (part: string) => string): string =>
  body
    .split(code)
    .map((part, index) => (index % 2 === 1 ? ofCode(part) : unmark(part)))
    .join("");

/** What a message says without the marks of its Markdown. */
export const plainText = (body: string): string => plain(body, uncode);

/** The first line of code, and whether there are more. */
const firstLine = (part: string): string => {
  const [first = "", ...others] = uncode(part).trim().split("\n");
  return others.length > 0 ? `${first} …` : first;
};

/** What a message says in one line: without the marks of its Markdown, and the first line of each block of code. */
export const plainLine = (body: string): string =>
  // Marks around nothing are what somebody has written, then.
  [plain(body, firstLine), body].map((text) => text.replaceAll(/\s+/g, " ").trim()).find(Boolean) ?? "";

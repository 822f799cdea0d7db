import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOnlyEmoji, segmentsOf } from "./text-segments";

const links = (text: string) =>
  segmentsOf(text).flatMap(({ text: part, href }) => (href === null ? [] : [part]));

describe("segmentsOf", () => {
  it.each([
    ["mira https://charla.test/a?b=1#c y dime", ["https://charla.test/a?b=1#c"]],
    ["¿viste https://charla.test? (o http://otra.test/x).", ["https://charla.test", "http://otra.test/x"]],
    [
      "https://es.wikipedia.org/wiki/Rosario_(Argentina)",
      ["https://es.wikipedia.org/wiki/Rosario_(Argentina)"],
    ],
    ["(https://charla.test/(a))", ["https://charla.test/(a)"]],
    ["HTTPS://CHARLA.TEST", ["HTTPS://CHARLA.TEST"]],
    ["https:// nada, ftp://x.test tampoco", []],
    ["javascript:alert(1) data:text/html,hola xhttps://pegado.test", []],
  ])("%s", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it("loses no character, and links only to the web", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.webUrl(),
      fc.constantFrom("javascript:", "https://", "http:", ")", "(", '"', "<", "\n"),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const segments = segmentsOf(text);
        expect(segments.map((segment) => segment.text).join("")).toBe(text);
        for (const { href } of segments) if (href !== null) expect(href).toMatch(/^https?:\/\//);
      }),
    );
  });
});

describe("isOnlyEmoji", () => {
  it.each(["👍", "🏔️", "👩‍👩‍👧‍👦 🇦🇷", "👋🏽👋🏿", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("%s", (text) => {
    expect(isOnlyEmoji(text)).toBe(true);
  });

  it.each(["", "hola 👍", "1", "123", "👍👍👍👍👍👍👍", "#", "🇦"])("not: %s", (text) => {
    expect(isOnlyEmoji(text)).toBe(false);
  });
});

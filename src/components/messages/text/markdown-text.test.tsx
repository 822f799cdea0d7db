import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MarkdownText } from "./markdown-text";
import { hasMarkup } from "./use-markdown";

/** What a text becomes, without the classes. */
const drawn = (text: string): string =>
  renderToStaticMarkup(<MarkdownText text={text} />)
    .replace(/^<div[^>]*>|<\/div>$/g, "")
    .replaceAll(/ (?:class|target|rel)="[^"]*"/g, "");

const p = (html: string): string => `<p>${html}</p>`;

describe("Markdown", () => {
  it.each([
    [
      "**bold** and *italic* and _italic_",
      p("<strong>bold</strong> and <em>italic</em> and <em>italic</em>"),
    ],
    ["~~gone~~, ~5 km", p("<del>gone</del>, ~5 km")],
    ["in `gastos!B12`.", p("in <code>gastos!B12</code>.")],
    ["```ts\nconst a = 1 < 2;\n```", "<pre><code>const a = 1 &lt; 2;</code></pre>"],
    ["> said\nanswered", `<blockquote>${p("said")}</blockquote>${p("answered")}`],
    ["- one\n- two\nafter", `<ul><li>${p("one")}</li><li>${p("two")}</li></ul>${p("after")}`],
    ["3. three", `<ol start="3"><li>${p("three")}</li></ol>`],
    ["one\ntwo **three**", p("one\ntwo <strong>three</strong>")],
    [
      "[here](https://example.org/a)",
      p('<a href="https://example.org/a" title="https://example.org/a">here</a>'),
    ],
    ["*see* https://example.org.", p('<em>see</em> <a href="https://example.org/">https://example.org</a>.')],
    ["*hey* @ana.paz, ana@example.org", p("<em>hey</em> <span>@ana.paz</span>, ana@example.org")],
  ])("draws %j", (text, html) => {
    expect(hasMarkup(text)).toBe(true);
    expect(drawn(text)).toBe(html);
  });

  it.each([
    "2*3*4",
    "¯\\_(ツ)_/¯",
    "snake_case_name and __dunder__ini",
    "# no heading",
    "---",
    "a\n===",
    "![picture](https://example.org/a.png)",
    "\\*not escaped\\*",
    "C:\\*.tmp and D:\\*.tmp",
    "&amp; &lt;b&gt;",
    "[x]: https://example.org",
    "[https://bank.example](https://evil.example)",
  ])("leaves %j as it was typed", (text) => {
    const html = drawn(text).replaceAll(/<\/?(?:p|a|span)[^>]*>/g, "");
    const words = html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    expect(words).toBe(text);
  });
});

/** What a text may become. */
const harmless =
  /^<\/?(?:div|p|strong|em|del|code|pre|blockquote|ul|ol|li|a|span)(?: (?:class|title|start|target|rel|href)="[^"]*")*>$/;

const expectHarmless = (text: string): void => {
  const html = renderToStaticMarkup(<MarkdownText text={text} />);
  for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(harmless);
  for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:\/\//);
};

describe("no text becomes more than text", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**<svg/onload=alert(1)>**",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "[x](//evil.example)",
    "<javascript:alert(1)>",
    "<https://example.org/><script>alert(1)</script>",
    "![x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "```html\n<script>alert(1)</script>\n```",
    '```"><img src=x onerror=alert(1)>\n1\n```',
    "`<img src=x onerror=alert(1)>`",
    "> <iframe src=javascript:alert(1)></iframe>",
    "- <a href=javascript:alert(1)>x</a>",
    "[a]: javascript:alert(1)\n[a]",
    'https://example.org/"><script>alert(1)</script>',
    "@ana<script>alert(1)</script>",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "<!-- --><style>*{display:none}</style>",
  ])("%j", (text) => expectHarmless(text));

  it("whatever it is made of", () => {
    const piece = fc.constantFrom(
      ...[
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "\n",
        "> ",
        "- ",
        "1. ",
        "[",
        "](",
        ")",
        "<",
        ">",
        '"',
        "'",
        "\\",
        "&",
        "!",
        " ",
      ],
      ...["javascript:", "https://", "script", "onload=", "a", "ñ", "@ana", "data:", "x.example", "/"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectHarmless(pieces.join(""))),
      { numRuns: 1_000 },
    );
  });
});

import type { RootContent } from "hast";
import { type ReactNode, useEffect, useState } from "react";

/** Colours for the kinds of words that highlight.js tells apart; those it does not name look like the rest. */
const colors: Record<string, string> = {
  "hljs-comment": "text-ink-3 italic",
  "hljs-quote": "text-ink-3 italic",
  "hljs-keyword": "text-accent",
  "hljs-selector-tag": "text-accent",
  "hljs-name": "text-accent",
  "hljs-built_in": "text-accent",
  "hljs-type": "text-accent",
  "hljs-string": "text-ok",
  "hljs-regexp": "text-ok",
  "hljs-addition": "text-ok",
  "hljs-number": "text-warn",
  "hljs-literal": "text-warn",
  "hljs-attr": "text-warn",
  "hljs-attribute": "text-warn",
  "hljs-variable": "text-warn",
  "hljs-meta": "text-ink-2",
  "hljs-deletion": "text-danger",
  "hljs-title": "font-semibold",
};

const draw = (nodes: readonly RootContent[]): ReactNode =>
  nodes.map((node, index) => {
    if (node.type === "text") return node.value;
    if (node.type !== "element") return null;
    const names = Array.isArray(node.properties["className"]) ? node.properties["className"] : [];
    const color = names.map((name) => colors[String(name)]).find(Boolean);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of a code never change places
      <span key={index} className={color}>
        {draw(node.children)}
      </span>
    );
  });

/** Code as it was typed, in colours once they are loaded; the measures stay the same. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  const [tree, setTree] = useState<readonly RootContent[] | null>(null);
  useEffect(() => {
    let wanted = true;
    if (language) {
      import("./highlight")
        .then(({ highlight }) => wanted && setTree(highlight(code, language)))
        // Code without colours is code.
        .catch(() => undefined);
    }
    return () => {
      wanted = false;
    };
  }, [code, language]);
  return (
    <pre className="overflow-x-auto rounded-control border border-line bg-canvas px-2.5 py-2 font-mono text-[13px] text-ink leading-5">
      <code>{tree ? draw(tree) : code}</code>
    </pre>
  );
}

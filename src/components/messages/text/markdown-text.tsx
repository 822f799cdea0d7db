import type { Link, Nodes, Parents } from "mdast";
import { Fragment, memo, type ReactNode } from "react";
import { CodeBlock } from "./code-block";
import { parseMarkdown } from "./markdown";
import { PlainText } from "./plain-text";
import { hrefOf } from "./text-segments";
import { WebLink } from "./web-link";

const sourceOf = ({ position }: Nodes, source: string): string =>
  source.slice(position?.start.offset, position?.end.offset);

const wordLike = /[\p{L}\p{N}\\/_*~]/u;

/** Whether marks stand around words, not within one: 2*3*4 and ¯\_(ツ)_/¯ mean themselves. */
const isApart = ({ position }: Nodes, source: string): boolean => {
  const before = source[(position?.start.offset ?? 0) - 1] ?? " ";
  const after = source[position?.end.offset ?? source.length] ?? " ";
  return !wordLike.test(before) && !wordLike.test(after);
};

const textOf = (node: Nodes): string => {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
};

/** Where a link leads; null if nowhere on the web, or if its text is another address, to lead somebody astray. */
const targetOf = (link: Link): string | null => {
  const href = hrefOf(link.url);
  const shown = hrefOf(textOf(link));
  return href !== null && (shown === null || shown === href) ? href : null;
};

/** Draws a tree of which only what is named here becomes more than text. There is no way to HTML. */
const draw = (node: Nodes, source: string): ReactNode => {
  const children = (parent: Parents): ReactNode =>
    parent.children.map((child, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
      <Fragment key={index}>{draw(child, source)}</Fragment>
    ));
  switch (node.type) {
    case "root":
      return children(node);
    case "paragraph":
      return <p className="whitespace-pre-wrap">{children(node)}</p>;
    case "text":
      return <PlainText text={node.value} />;
    case "break":
      return "\n";
    case "strong":
      return isApart(node, source) ? (
        <strong className="font-bold">{children(node)}</strong>
      ) : (
        sourceOf(node, source)
      );
    case "emphasis":
      return isApart(node, source) ? <em>{children(node)}</em> : sourceOf(node, source);
    case "delete":
      return <del>{children(node)}</del>;
    case "inlineCode":
      return (
        <code className="rounded-[4px] bg-hover px-[5px] py-px font-mono text-[13px]">{node.value}</code>
      );
    case "code":
      return <CodeBlock code={node.value} language={node.lang ?? null} />;
    case "blockquote":
      return (
        <blockquote className="border-line-strong border-s-[3px] ps-[9px] text-ink-2">
          {children(node)}
        </blockquote>
      );
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1} className="list-decimal ps-6">
          {children(node)}
        </ol>
      ) : (
        <ul className="list-disc ps-5">{children(node)}</ul>
      );
    case "listItem":
      return <li>{children(node)}</li>;
    case "link": {
      const href = targetOf(node);
      if (href === null) return sourceOf(node, source);
      return (
        <WebLink href={href} title={href}>
          {children(node)}
        </WebLink>
      );
    }
    default:
      return sourceOf(node, source);
  }
};

/** A message with its Markdown drawn. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  const { root, source } = parseMarkdown(text);
  return <div className="flex flex-col gap-1.5">{draw(root, source)}</div>;
});

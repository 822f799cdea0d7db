import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Import {
  /** The importing file, from the project's root: `src/app/page.tsx`. */
  from: string;
  /** What it imports: a path from the project's root without its ending, or a package. */
  to: string;
  /** Gone once compiled: it ties types together, not code. */
  typeOnly: boolean;
}

const statements =
  /^(?:import|export)\s(?<type>type\s)?(?:[^;"]*?\sfrom\s)?\s*"(?<static>[^"]+)"|\bimport\("(?<dynamic>[^"]+)"\)/gm;

/** What `source`, the text of the file `from`, imports. */
export const importsOf = (from: string, source: string): Import[] =>
  [...source.matchAll(statements)].map(({ groups }) => {
    const specifier = groups?.["static"] ?? groups?.["dynamic"] ?? "";
    const to = specifier.startsWith("~/")
      ? `src/${specifier.slice(2)}`
      : specifier.startsWith(".")
        ? path.posix.join(path.posix.dirname(from), specifier)
        : specifier;
    return { from, to, typeOnly: groups?.["type"] !== undefined };
  });

/** Every source file of ours with its text. */
export const sources = (): { file: string; source: string }[] =>
  readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join("src", file.split(path.sep).join("/")))
    .filter((file) => /\.(ts|tsx|js)$/.test(file) && !file.startsWith("src/generated/"))
    .map((file) => ({ file, source: readFileSync(file, "utf8") }));

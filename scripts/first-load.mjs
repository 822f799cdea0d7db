// Prints how much JavaScript a browser loads before the chat page works, gzipped, from the build in .next.
// Exits 1 above the limit. With `--files`: which files, and how large.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const limitBytes = 200_000;
const build = join(dirname(fileURLToPath(import.meta.url)), "..", ".next");

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(join(build, path), "utf8"));

/** @param {string} file */
const gzippedBytes = (file) => gzipSync(readFileSync(join(build, file))).length;

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * The scripts in the HTML of a page.
 * @param {string} page its folder below src/app
 * @returns {string[]} paths below .next
 */
const entryFiles = (page) => {
  const file = join(build, "server", "app", page, "page_client-reference-manifest.js");
  // It is a script that assigns to a global.
  createRequire(import.meta.url)(file);
  /** @type {Record<string, { entryJSFiles: Record<string, string[]> }>} */
  const manifests = Reflect.get(globalThis, "__RSC_MANIFEST");
  const manifest = manifests[`/${page}/page`];
  if (!manifest) throw new Error(`No ${page} in ${file}`);
  return [...readJson("build-manifest.json").rootMainFiles, ...Object.values(manifest.entryJSFiles).flat()];
};

/**
 * The scripts that `next/dynamic` has the HTML of a page load ahead.
 * @param {string} page
 * @returns {string[]}
 */
const preloadedFiles = (page) =>
  Object.values(readJson(join("server", "app", page, "page", "react-loadable-manifest.json"))).flatMap(
    ({ files }) => files,
  );

/** @param {string[]} files */
const sum = (files) => {
  const unique = [...new Set(files)];
  if (process.argv.includes("--files")) {
    for (const file of unique) console.log(`${kB(gzippedBytes(file)).padStart(10)}  ${file}`);
  }
  return unique.reduce((bytes, file) => bytes + gzippedBytes(file), 0);
};

if (!existsSync(join(build, "build-manifest.json"))) {
  console.error("There is no build: npm run build");
  process.exit(1);
}
const room = "(chat)/r/[roomId]";
const firstLoadBytes = sum(entryFiles("(chat)"));
console.log(`Chat page, first load of JavaScript: ${kB(firstLoadBytes)} gzipped (limit ${kB(limitBytes)})`);
console.log(
  `  with the conversation of an open room: ${kB(sum([...entryFiles(room), ...preloadedFiles(room)]))}`,
);
if (firstLoadBytes > limitBytes) process.exit(1);

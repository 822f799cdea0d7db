import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Tests change nothing that is built; what is generated follows from the rest. */
const isIgnored = /\.test\.tsx?$|[\\/]generated$/;

/** @type {(entry: string) => string[]} */
const filesOf = (entry) => {
  if (isIgnored.test(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  const names = readdirSync(entry).sort();
  return names.flatMap((name) => filesOf(path.join(entry, name)));
};

/** @type {(file: string) => string | null} */
const readIfAny = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
};

/**
 * Runs `work`, unless it ran before on the same input: the contents of `inputs` (files and folders), remembered in the
 * file `stamp`, which lies inside what `work` makes so that both go together.
 *
 * @type {(inputs: string[], stamp: string, work: () => void | Promise<void>) => Promise<boolean>}
 */
export const unlessDone = async (inputs, stamp, work) => {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(filesOf)) hash.update(file).update("\0").update(readFileSync(file));
  const fingerprint = hash.digest("hex");
  if (readIfAny(stamp) === fingerprint) return false;
  await work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
  return true;
};

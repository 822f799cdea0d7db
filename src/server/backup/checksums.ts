import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StartError } from "~/server/infra/start-error";

/** As `sha256sum --check` reads it. */
const fileName = "SHA256SUMS";

/** Writes files under a folder and remembers what is in them. */
export class ChecksummedFolder {
  readonly folder: string;
  readonly #sums = new Map<string, string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Writes what comes through `streams` to the file `name` and resolves to its SHA-256, in hex. */
  async write(
    name: string,
    ...streams: [NodeJS.ReadableStream, ...NodeJS.ReadWriteStream[]]
  ): Promise<string> {
    const hash = createHash("sha256");
    const hashed = new Transform({
      transform: (chunk, _, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline([...streams, hashed, createWriteStream(path.join(this.folder, name), { flush: true })]);
    const sum = hash.digest("hex");
    this.#sums.set(name, sum);
    return sum;
  }

  /** Counts a file that was written otherwise. */
  async add(name: string): Promise<void> {
    this.#sums.set(name, await hashOf(path.join(this.folder, name)));
  }

  /** Writes down what everything should be. Call it last. */
  async seal(): Promise<void> {
    const lines = [...this.#sums].map(([name, sum]) => `${sum}  ${name}\n`);
    await writeFile(path.join(this.folder, fileName), lines.join(""), { flush: true });
  }
}

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
};

/**
 * The files of a sealed folder, by their names.
 *
 * @throws StartError unless each of them is there and is what was written
 */
export const verifiedFiles = async (folder: string): Promise<string[]> => {
  const text = await readFile(path.join(folder, fileName), "utf8").catch(() => {
    throw new StartError(`${folder} is no whole backup: it has no ${fileName}`);
  });
  const lines = text.split("\n").slice(0, -1);
  const names: string[] = [];
  for (const line of lines) {
    const [sum, name = ""] = line.split("  ");
    const found = await hashOf(path.join(folder, name)).catch(() => "nothing");
    if (found !== sum) throw new StartError(`${path.join(folder, name)} is damaged: nothing was restored`);
    names.push(name);
  }
  return names;
};

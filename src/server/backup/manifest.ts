import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { StartError } from "~/server/infra/start-error";

/** Raised when what lies in a backup is arranged otherwise: an older program refuses a newer one's. */
const format = 1;

const manifestSchema = z.object({
  format: z.int(),
  /** The mark: everything acknowledged before it is in the backup. */
  takenAt: z.iso.datetime(),
  /** The migrations that the database had, in their order. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int() })),
  /** How many files, and those that a row speaks of and the storage did not have. */
  files: z.object({ count: z.int(), missing: z.array(z.string()) }),
});
export type Manifest = z.infer<typeof manifestSchema>;

const fileOf = (folder: string): string => path.join(folder, "manifest.json");

export const writeManifest = (folder: string, manifest: Omit<Manifest, "format">): Promise<void> =>
  writeFile(fileOf(folder), `${JSON.stringify({ format, ...manifest }, null, 2)}\n`);

/** @throws StartError where there is no backup, or one that only a newer program can read */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(fileOf(folder), "utf8").catch(() => {
    throw new StartError(`${folder} is no backup: it has no manifest.json`);
  });
  const { data: manifest } = manifestSchema.safeParse(JSON.parse(text));
  if (!manifest) throw new StartError(`${folder} is no backup: its manifest.json says something else`);
  if (manifest.format === format) return manifest;
  throw new StartError(`${folder} is a backup of format ${manifest.format}; this program reads ${format}`);
};

import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "~/shared/errors";
import { DiskUploads } from "./disk-uploads";
import type { ListedFile, Storage } from "./storage";

/** Keeps files under `folder` of a disk. Nodes that serve the same chat share it. */
export const createDiskStorage = (folder: string): Storage => {
  const workDir = path.join(folder, "uploads");
  const filesDir = path.join(folder, "files");
  mkdirSync(workDir, { recursive: true, mode: 0o700 });
  mkdirSync(filesDir, { recursive: true, mode: 0o700 });
  // The last characters of our ids are random: folders of some thousand files at most, whoever sends how much.
  const fileOf = (key: string) => path.join(filesDir, key.slice(34, 36), key);

  return {
    workDir,
    uploads: new DiskUploads({ directory: workDir }),
    put: async (key, source) => {
      const target = fileOf(key);
      const draft = path.join(workDir, randomUUID());
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      await sync(source);
      // A second name for the same bytes, moved into place: there at once and whole.
      await link(source, draft);
      await rename(draft, target);
      await rm(draft, { force: true }); // where it is the same file already, moving does nothing
      await sync(path.dirname(target));
    },
    size: async (key) => (await stat(fileOf(key)).catch(refuseAbsent)).size,
    read: async (key, range) => {
      const handle = await open(fileOf(key), "r").catch(refuseAbsent);
      return handle.createReadStream(range);
    },
    remove: async (keys) => {
      await Promise.all(keys.map((key) => rm(fileOf(key), { force: true })));
    },
    list: () => listFiles(filesDir),
    close: () => {},
  };
};

async function* listFiles(filesDir: string): AsyncGenerator<ListedFile> {
  for (const folder of await readdir(filesDir)) {
    for (const key of await readdir(path.join(filesDir, folder))) {
      const found = await stat(path.join(filesDir, folder, key)).catch(() => null);
      if (found) yield { key, size: found.size };
    }
  }
}

const refuseAbsent = (error: unknown): never => {
  const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
  throw isAbsent ? new AppError("ATTACHMENT_NOT_FOUND", { cause: error }) : error;
};

/** Sees that what was written survives a power cut. */
const sync = async (file: string): Promise<void> => {
  await using handle = await open(file, "r");
  await handle.sync();
};

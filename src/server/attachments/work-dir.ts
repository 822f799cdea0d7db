import { type FileHandle, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { validate as isUuid } from "uuid";

/** Every upload that has left files in the work folder, by its id, and when one of them was last written to. */
export const listWork = async (workDir: string): Promise<Map<string, number>> => {
  const uploads = new Map<string, number>();
  for (const name of await readdir(workDir)) {
    const id = name.slice(0, 36);
    if (!isUuid(id)) continue;
    const touchedAt = await stat(path.join(workDir, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0, // removed since it was listed
    );
    uploads.set(id, Math.max(uploads.get(id) ?? 0, touchedAt));
  }
  return uploads;
};

/** Removes every file of an upload from the work folder. */
export const clearWork = async (workDir: string, id: string): Promise<void> => {
  const names = (await readdir(workDir)).filter((name) => name.startsWith(id));
  await Promise.all(names.map((name) => rm(path.join(workDir, name), { force: true })));
};

/** Writes all of the bytes at this place: a disk that gets full takes a part of them before it refuses. */
export const writeAll = async (file: FileHandle, bytes: Uint8Array, at: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
};

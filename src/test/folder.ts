import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

let folder: string | undefined;

/** This test file's own folder, made when it is first asked for. */
export const testFolder = (): string => {
  folder ??= mkdtempSync(path.join(tmpdir(), "charla-test-"));
  return folder;
};

afterAll(async () => {
  if (!folder) return;
  // Tus makes a folder in it without telling anybody when it is done: Node's file work is done in turn.
  for (let turn = 0; turn < 8; turn += 1) await readdir(folder);
  rmSync(folder, { recursive: true });
});

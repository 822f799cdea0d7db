import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartError } from "./start-error";

/** Makes the data folder if it is missing, and says in one line why it cannot be used. */
export const ensureDataDir = (dataDir: string): void => {
  const probe = path.join(dataDir, `.probe-${randomBytes(6).toString("hex")}`);
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new StartError(`DATA_DIR: cannot write to ${dataDir} (${code})`);
  }
};

/** The secret kept in the file `name` of the data folder; made, of 256 random bits, when it is first asked for. */
export const keptSecret = (dataDir: string, name: string): string => {
  ensureDataDir(dataDir);
  const file = path.join(dataDir, name);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600 });
  try {
    linkSync(draft, file); // atomic: of two that start together, one makes the secret and both read it
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, "utf8");
};

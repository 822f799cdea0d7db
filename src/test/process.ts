import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, vi } from "vitest";

/** A server of ours, as a process of its own. */
export interface ServerProcess {
  child: ChildProcess;
  /** What it has said on standard output and standard error. */
  output: { out: string; err: string };
}

/**
 * Starts a server as people start it, with this configuration alone and an empty data folder, in a path with spaces. It is
 * gone with the test.
 */
export const startProcess = (entry: string, env: Record<string, string>): ServerProcess => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "charla test "));
  const base: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    // How root finds `id`. An empty variable also keeps a developer's `.env` out.
    PATH: "/usr/bin:/bin",
    DATABASE_URL: "",
    REDIS_URL: "",
    SECRET_KEY: "",
    DATA_DIR: dataDir,
  };
  const child = spawn(process.execPath, ["--import", "tsx", entry], { env: Object.assign(base, env) });
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (output.out += chunk));
  child.stderr.on("data", (chunk) => (output.err += chunk));
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(dataDir, { recursive: true });
  });
  return { child, output };
};

/** The host and port where the server says that it is ready. */
export const readyAt = async ({ output }: ServerProcess): Promise<string> =>
  vi.waitFor(
    () => {
      const host = output.out.match(/ready at \w+:\/\/(localhost:\d+)/)?.[1];
      expect(host, output.err).toBeDefined();
      return host ?? "";
    },
    { timeout: 15_000, interval: 50 },
  );

/** Resolves to the exit code once the process has ended. */
export const exitCode = async ({ child }: ServerProcess): Promise<number | null> => {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
};

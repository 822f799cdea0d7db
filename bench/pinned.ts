import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";

/**
 * Who runs where: a server alone on its core, the clients on another, PostgreSQL and Redis on the rest. With fewer than
 * four cores they share, and the table says so.
 */
const count = cpus().length;
export const cores = {
  server: "0",
  clients: String(1 % count),
  services: count > 2 ? `2-${count - 1}` : "0",
  /** All but the server's. */
  rest: count > 1 ? `1-${count - 1}` : "0",
};

/** Ties a process that runs already, and what it will start, to these cores. */
export const pin = (pid: number, list: string): void => {
  execFileSync("taskset", ["-a", "-c", "-p", list, String(pid)], { stdio: "ignore" });
};

/** A TypeScript file as a process of its own on one core, with a channel to talk. */
export const forkPinned = (file: string, core: string, nodeArgs: string[] = []): ChildProcess =>
  fork(file, [], {
    execPath: "taskset",
    execArgv: ["-c", core, process.execPath, ...nodeArgs, "--import", import.meta.resolve("tsx")],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });

export const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
};

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { until } from "./until";

export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  /** The whole environment; without it, ours. */
  env?: NodeJS.ProcessEnv;
  /** Where what it prints goes, to be read when something fails. */
  log: string;
  isReady: () => Promise<boolean>;
}

const lastLines = (file: string): string => readFileSync(file, "utf8").slice(-2_000);

/** A process of the rig. One that ends without having been told to is a finding: see {@link Child.crash}. */
export class Child {
  readonly name: string;
  readonly #options: ChildOptions;
  #process: ChildProcess | null = null;
  #told: "SIGTERM" | "SIGKILL" | null = null;
  /** How it ended by itself; null if it did not. */
  crash: string | null = null;

  constructor(options: ChildOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Starts it, again perhaps, and resolves when it is ready. */
  async start(): Promise<void> {
    const { command, args, env, log, isReady } = this.#options;
    const output = openSync(log, "a");
    const child = spawn(command, args, { ...(env && { env }), stdio: ["ignore", output, output] });
    closeSync(output);
    this.#process = child;
    this.#told = null;
    child.on("exit", (code, signal) => {
      const isAsTold = this.#told !== null && (signal === this.#told || code === 0);
      if (!isAsTold) this.crash = `${this.name} ended with ${signal ?? code}:\n${lastLines(log)}`;
    });
    await until(`${this.name} is ready`, () => this.crash !== null || isReady(), 40_000);
    if (this.crash) throw new Error(this.crash);
  }

  /** Sends a signal. After SIGTERM and SIGKILL resolves when it is gone, to the milliseconds that took. */
  async signal(signal: "SIGTERM" | "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<number> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0;
    const began = performance.now();
    const gone = once(child, "exit");
    if (signal === "SIGTERM" || signal === "SIGKILL") this.#told = signal;
    child.kill(signal);
    if (this.#told) await gone;
    return performance.now() - began;
  }

  /** The lines of its log at pino's level for errors. */
  errors(): string[] {
    const lines = readFileSync(this.#options.log, "utf8").split("\n");
    return lines.filter((line) => line.startsWith('{"level":50')).map((line) => `${this.name} ${line}`);
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Resident memory in MB. */
  rss(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) return 0;
    try {
      return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
    } catch {
      return 0; // between two lives
    }
  }
}

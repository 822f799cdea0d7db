import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, connect, createServer } from "node:net";
import path from "node:path";
import { withClient } from "~/server/infra/databases";
import { EmbeddedPostgres } from "~/server/infra/embedded-postgres";
import { Child } from "./child";

/** Whether anything listens there. */
export const answersOn = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", end(true)).once("error", end(false));
  });

/** The PostgreSQL that comes with the app. It starts itself again when it was killed. */
export class Postgres {
  readonly #server: EmbeddedPostgres;

  private constructor(server: EmbeddedPostgres) {
    this.#server = server;
  }

  static async start(folder: string): Promise<Postgres> {
    return new Postgres(await EmbeddedPostgres.start({ dataDir: mkdtempSync(path.join(folder, "data-")) }));
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  answers(): Promise<boolean> {
    return withClient(this.url, async (client) => {
      await client.query("SELECT 1");
    }).then(
      () => true,
      () => false,
    );
  }

  kill(): void {
    process.kill(this.pid, "SIGKILL");
  }

  /** Stops or continues the server and every process of it. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/ +/).map(Number));
    const parent = this.pid;
    process.kill(parent, signal);
    for (const [pid, ppid] of all) if (pid !== undefined && ppid === parent) process.kill(pid, signal);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  get pid(): number {
    const file = readFileSync(path.join(this.#server.folder, "postmaster.pid"), "utf8");
    return Number(file.split("\n")[0]);
  }
}

const isInstalled = (command: string): boolean => {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** @throws Error where there is no Redis to be started */
export const redisOf = (port: number, folder: string): Child => {
  if (!isInstalled("redis-server"))
    throw new Error("The chaos suite starts Redis itself: install redis-server");
  return new Child({
    name: "redis",
    command: "redis-server",
    args: ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--dir", folder],
    log: path.join(folder, "redis.log"),
    isReady: () => answersOn(port),
  });
};

/** An S3 store from npm, started on a free port: no real one comes as a package. `.ci/s3-store` names one that is. */
export const storeOf = async (folder: string): Promise<{ port: number; child: Child }> => {
  const port = await freePort();
  const bin = createRequire(import.meta.url).resolve("s3rver/bin/s3rver.js");
  const child = new Child({
    name: "store",
    command: process.execPath,
    args: [
      bin,
      "--directory",
      path.join(folder, "s3"),
      "--address",
      "127.0.0.1",
      "--port",
      String(port),
      "--silent",
    ],
    log: path.join(folder, "store.log"),
    isReady: () => answersOn(port),
  });
  await child.start();
  return { port, child };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

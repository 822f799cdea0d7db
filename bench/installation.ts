import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, release, tmpdir } from "node:os";
import path from "node:path";
import { createDb, type Db } from "~/server/infra/db";
import { projectRoot } from "~/server/infra/project-root";
import { socketPath } from "~/server/ws-server";
import { Child } from "./chaos/child";
import { answersOn } from "./chaos/services";
import { openBenchDatabase } from "./database";
import type { Answer, Job, Question } from "./generator/main";
import { cores, endOf, forkPinned, pin } from "./pinned";

const freePort = async (first: number): Promise<number> =>
  (await answersOn(first)) ? freePort(first + 1) : first;

/** A server that is measured: where it answers, and its process. */
export interface Measured {
  http: string;
  ws: string;
  pid: number;
}

/** The chat as one process on a core of its own, what it is compared with, and who asks, each on another core. */
export interface Installation extends AsyncDisposable {
  readonly db: Db;
  readonly databaseUrl: string;
  /** For people: which PostgreSQL. */
  readonly databaseServer: string;
  /** How busy the machine was before anything was measured: the load average of a minute. */
  readonly loadBefore: number;
  /** Under which the chat keeps its sessions. */
  readonly secretKey: string;
  /** The built server as `npm start` runs it; `pages` decides whether with them. Anew, so that nobody inherits garbage. */
  startChat: (options?: { pages?: boolean; nodeArgs?: string[] }) => Promise<Measured>;
  /** Nothing but `ws`. */
  startBare: (nodeArgs?: string[]) => Promise<Measured>;
  stopBare: () => Promise<void>;
  /** Has the load generator do a job, and resolves to what it measured. It can do several at a time. */
  ask: <R>(job: Job) => Promise<R>;
}

export const install = async (): Promise<Installation> => {
  const loadBefore = loadavg()[0] ?? 0;
  const folder = mkdtempSync(path.join(tmpdir(), "charla-bench-"));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  pin(process.pid, cores.rest); // and with it whatever is started without a core of its own: browsers
  const database = await openBenchDatabase(folder);
  const db = createDb(database.url);
  const secretKey = randomBytes(32).toString("base64");
  const generator = forkPinned(path.join(import.meta.dirname, "generator", "main.ts"), cores.clients);
  let asked = 0;
  let chat: Child | null = null;
  let bare: ChildProcess | null = null;

  const stopBare = async (): Promise<void> => {
    if (bare) await endOf(bare);
    bare = null;
  };

  const stop = async (): Promise<void> => {
    process.off("SIGINT", abandon).off("SIGTERM", abandon);
    generator.kill();
    await stopBare();
    await chat?.signal("SIGKILL");
    await db.$disconnect();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // Whoever stops the benchmark stops what it started.
  const abandon = () => void stop().finally(() => process.exit(1));
  process.once("SIGINT", abandon).once("SIGTERM", abandon);

  return {
    db,
    databaseUrl: database.url,
    databaseServer: database.server,
    loadBefore,
    secretKey,
    startChat: async ({ pages = false, nodeArgs = [] } = {}) => {
      await chat?.signal("SIGKILL");
      const port = await freePort(4_700);
      const http = `http://127.0.0.1:${port}`;
      chat = new Child({
        name: "chat",
        command: "taskset",
        args: [
          ...["-c", cores.server, process.execPath, ...nodeArgs],
          ...[path.join(projectRoot, "dist", "main.js"), ...(pages ? [] : ["--api"])],
        ],
        env: {
          NODE_ENV: "production",
          DATABASE_URL: database.url,
          SECRET_KEY: secretKey,
          DATA_DIR: path.join(folder, "node"),
          HOST: "127.0.0.1",
          PORT: String(port),
          TRUSTED_PROXIES: "1",
          LOG_LEVEL: "warn",
        },
        log: path.join(folder, "chat.log"),
        isReady: async () => (await fetch(`${http}/readyz`).catch(() => null))?.ok ?? false,
      });
      await chat.start();
      return { http, ws: `ws://127.0.0.1:${port}${socketPath}`, pid: chat.pid };
    },
    startBare: async (nodeArgs = []) => {
      await stopBare();
      bare = forkPinned(path.join(import.meta.dirname, "bare", "sockets.ts"), cores.server, nodeArgs);
      const [{ port }] = (await once(bare, "message")) as [{ port: number }];
      return { http: `http://127.0.0.1:${port}`, ws: `ws://127.0.0.1:${port}`, pid: bare.pid ?? 0 };
    },
    stopBare,
    ask: async <R>(job: Job) => {
      asked += 1;
      const number = asked;
      generator.send({ number, job } satisfies Question);
      for (;;) {
        const [answer] = (await once(generator, "message")) as [Answer];
        if (answer.number !== number) continue;
        if ("error" in answer) throw new Error(`${job.task}: ${answer.error}`);
        return answer.ok as R;
      }
    },
    [Symbol.asyncDispose]: stop,
  };
};

/** What stands above the table: figures mean nothing without it. */
export const machineOf = ({ databaseServer, loadBefore }: Installation): string => {
  const [first, ...others] = cpus();
  const processor = `${others.length + 1} × ${first?.model ?? "unknown processor"}`;
  return `${processor}, Linux ${release()}, Node ${process.versions.node}, ${databaseServer}; load before ${loadBefore.toFixed(1)}`;
};

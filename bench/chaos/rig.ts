import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { migrate } from "~/server/infra/migrate";
import { projectRoot } from "~/server/infra/project-root";
import { socketPath } from "~/server/ws-server";
import { Child } from "./child";
import { LostEvents } from "./lost-events";
import { TcpProxy } from "./proxy";
import type { Random } from "./random";
import { answersOn, Postgres, redisOf } from "./services";

interface Ports {
  web: number;
  sockets: number;
  toPostgres: number;
  redis: number;
  toRedis: number;
  webNodes: number[];
  wsNodes: number[];
}

/**
 * Ports on loopback that nothing listens on: several rigs can run at a time. Below the ones that the system gives to
 * outgoing connections, which could take a node's port while it is down.
 */
const freePorts = async (first = 4_600): Promise<Ports> => {
  const ports = {
    web: first,
    sockets: first + 1,
    toPostgres: first + 2,
    redis: first + 3,
    toRedis: first + 4,
    webNodes: [first + 11, first + 12],
    wsNodes: [first + 21, first + 22],
  };
  const taken = await Promise.all(Object.values(ports).flat().map(answersOn));
  return taken.includes(true) ? freePorts(first + 50) : ports;
};

/** A mechanism that the suite can switch off, to see that its absence shows: the file of that name in `without/`. */
export const mechanisms = ["reconciler", "gap-fill", "client-id", "drain"] as const;
export type Mechanism = (typeof mechanisms)[number];

/**
 * The whole installation as processes of its own: two web nodes behind one proxy, two WebSocket nodes behind another,
 * PostgreSQL and Redis, each behind a proxy too, so that every connection can be cut, delayed or silenced.
 */
export interface Rig extends AsyncDisposable {
  readonly web: readonly Child[];
  readonly ws: readonly Child[];
  readonly redis: Child;
  readonly postgres: Postgres;
  /** In front of people. */
  readonly doors: { web: TcpProxy; ws: TcpProxy };
  readonly toPostgres: TcpProxy;
  readonly toRedis: TcpProxy;
  readonly events: LostEvents;
  readonly urls: { http: string; ws: string; redis: string; database: string };
  /** Addresses of the nodes themselves, past the doors. */
  readonly direct: { web: string[]; ws: string[] };
  readonly nodes: readonly Child[];
  /** Under which the nodes keep their sessions. */
  readonly secretKey: string;
  /** For files of whoever runs beside it. Gone with the rig. */
  readonly folder: string;
  /** What the nodes logged as errors that nobody foresaw. */
  unforeseen: () => string[];
}

/** The real entries: built ones, or, with a mechanism taken out before they begin, their sources. */
const command = (entry: "main" | "ws", without: Mechanism | undefined): string[] => {
  const args = entry === "main" ? ["--api"] : [];
  if (!without) return [path.join(projectRoot, "dist", `${entry}.js`), ...args];
  const source = entry === "main" ? "src/server/main.ts" : "wssDevServer.ts";
  const preloads = [
    import.meta.resolve("tsx"),
    pathToFileURL(path.join(import.meta.dirname, "without", `${without}.ts`)).href,
  ];
  return [...preloads.flatMap((url) => ["--import", url]), path.join(projectRoot, source), ...args];
};

/**
 * @param without taken out of the nodes' code before they begin
 * @param env what the nodes are configured with besides
 */
export const startRig = async (
  random: Random,
  { without, env: more = {} }: { without?: Mechanism; env?: Record<string, string> } = {},
): Promise<Rig> => {
  const ports = await freePorts();
  const folder = mkdtempSync(path.join(tmpdir(), "charla-chaos-"));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const redis = redisOf(ports.redis, folder);
  const events = new LostEvents(random);
  const proxy = (port: number, upstreams: number[]) => TcpProxy.listen(port, { upstreams, random });
  const [webDoor, wsDoor, toPostgres, toRedis] = await Promise.all([
    proxy(ports.web, ports.webNodes),
    proxy(ports.sockets, ports.wsNodes),
    proxy(ports.toPostgres, []),
    TcpProxy.listen(ports.toRedis, { upstreams: [ports.redis], random, filter: events.filter }),
  ]);
  const postgres = await Postgres.start(folder);
  toPostgres.upstreams = [postgres.port];

  const database = new URL(postgres.url);
  database.port = String(ports.toPostgres);
  const secretKey = randomBytes(32).toString("base64");
  const common = {
    NODE_ENV: "production" as const,
    DATABASE_URL: database.href,
    REDIS_URL: `redis://127.0.0.1:${ports.toRedis}`,
    REDIS_PREFIX: "chaos:",
    SECRET_KEY: secretKey,
    DATA_DIR: path.join(folder, "node"),
    HOST: "127.0.0.1",
    TRUSTED_PROXIES: "1",
    LOG_LEVEL: "warn",
    TSX_TSCONFIG_PATH: path.join(projectRoot, "tsconfig.json"),
  };
  const node = (name: string, entry: "main" | "ws", port: number, env: Record<string, string>) =>
    new Child({
      name,
      command: process.execPath,
      args: command(entry, without),
      env: { ...common, ...more, ...env },
      log: path.join(folder, `${name}.log`),
      isReady: () => answersOn(port),
    });
  const web = ports.webNodes.map((port, i) => node(`web${i + 1}`, "main", port, { PORT: String(port) }));
  const ws = ports.wsNodes.map((port, i) => node(`ws${i + 1}`, "ws", port, { WS_PORT: String(port) }));
  const nodes = [...web, ...ws];
  const doors = { web: webDoor, ws: wsDoor };

  const stop = async (): Promise<void> => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, abandon);
    for (const one of [doors.web, doors.ws, toPostgres, toRedis]) one.calm();
    await Promise.all(nodes.map((one) => one.signal("SIGKILL")));
    await redis.signal("SIGKILL");
    for (const one of [doors.web, doors.ws, toPostgres, toRedis]) one.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };

  // Whoever stops the suite stops what it started.
  const abandon = () => void stop().finally(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, abandon);

  try {
    await migrate(postgres.url);
    await redis.start();
    await Promise.all(nodes.map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  const http = (port: number) => `http://127.0.0.1:${port}`;
  const socket = (port: number) => `ws://127.0.0.1:${port}${socketPath}`;
  return {
    web,
    ws,
    redis,
    postgres,
    doors,
    toPostgres,
    toRedis,
    events,
    nodes,
    secretKey,
    folder,
    unforeseen: () => nodes.flatMap((one) => one.errors()),
    urls: {
      http: http(ports.web),
      ws: socket(ports.sockets),
      redis: `redis://127.0.0.1:${ports.redis}`,
      database: postgres.url,
    },
    direct: { web: ports.webNodes.map(http), ws: ports.wsNodes.map(socket) },
    [Symbol.asyncDispose]: stop,
  };
};

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dropDatabase, ensureDatabase, onSameServer } from "~/server/infra/databases";
import { EmbeddedPostgres } from "~/server/infra/embedded-postgres";
import { projectRoot } from "~/server/infra/project-root";
import { socketPath } from "~/server/ws-server";
import { Child } from "../chaos/child";
import { TcpProxy } from "../chaos/proxy";
import { Random } from "../chaos/random";
import { answersOn, redisOf } from "../chaos/services";
import { caddy, pgbouncer, prometheus, versionOf } from "./services";

/** Everything that docker-compose.yml starts, by the same commands, as processes on loopback. */
export interface Installation extends AsyncDisposable {
  /** Of the proxy. */
  url: string;
  urls: { http: string; ws: string; database: string };
  web: Child[];
  ws: Child[];
  /** Ports of the nodes' metrics: the web nodes', then the WebSocket nodes'. */
  metrics: number[];
  prometheus: string | null;
  /** What runs, for people: a line each. */
  parts: string[];
}

interface Options {
  /** The first of some fifty ports, the proxy's. */
  port: number;
  /** PostgreSQL to use instead of the one that comes with the app; a database is made there, and dropped. */
  databaseUrl: string | undefined;
}

/** What the Docker image holds, in a folder. */
const pack = (folder: string): string => {
  const app = path.join(folder, "app");
  execFileSync(process.execPath, [path.join(projectRoot, "scripts/pack.js"), app], { cwd: projectRoot });
  return app;
};

const openPostgres = async (folder: string, given: string | undefined) => {
  if (!given) {
    const server = await EmbeddedPostgres.start({ dataDir: path.join(folder, "postgres") });
    await ensureDatabase(server.url);
    return { url: server.url, stop: () => server.stop() };
  }
  const url = onSameServer(given, `charla_cluster_${randomBytes(4).toString("hex")}`);
  await ensureDatabase(url);
  return { url, stop: () => dropDatabase(url) };
};

export const startInstallation = async ({ port, databaseUrl }: Options): Promise<Installation> => {
  const folder = mkdtempSync(path.join(tmpdir(), "charla-cluster-"));
  chmodSync(folder, 0o755); // PostgreSQL and its pooler run as other users
  const parts: string[] = [];
  const children: Child[] = [];
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const begin = async (child: Child, what: string): Promise<Child> => {
    children.push(child);
    await child.start();
    parts.push(what);
    return child;
  };
  const stop = async (): Promise<void> => {
    process.off("SIGINT", abandon).off("SIGTERM", abandon);
    for (const child of children.toReversed()) await child.signal("SIGTERM");
    for (const one of stops.toReversed()) await one();
  };
  const abandon = () => void stop().finally(() => process.exit(0));
  process.once("SIGINT", abandon).once("SIGTERM", abandon);

  try {
    const app = pack(folder);
    const postgres = await openPostgres(folder, databaseUrl);
    stops.push(postgres.stop);
    parts.push(
      `PostgreSQL      ${new URL(postgres.url).host}${databaseUrl ? "" : ", the one that comes along"}`,
    );
    const redisPort = port + 2;
    await begin(redisOf(redisPort, folder), `Redis           127.0.0.1:${redisPort}`);

    const pooled = new URL(postgres.url);
    const poolerVersion = versionOf("pgbouncer");
    if (poolerVersion !== null) {
      const poolerPort = port + 3;
      const pooler = pgbouncer(folder, { port: poolerPort, url: postgres.url, version: poolerVersion });
      pooled.port = String(poolerPort);
      pooled.hostname = "127.0.0.1";
      pooled.pathname = "/charla";
      await begin(pooler, `PgBouncer       127.0.0.1:${poolerPort}, version ${poolerVersion}`);
    } else parts.push("PgBouncer       is not installed: the nodes use PostgreSQL directly");

    const hasCaddy = versionOf("caddy", "version") !== null;
    const webPorts = [port + 11, port + 12];
    const wsPorts = [port + 21, port + 22];
    const metrics = [...webPorts, ...wsPorts].map((one) => one + 20);
    const url = `http://127.0.0.1:${port}`;
    const socketUrl = hasCaddy ? url.replace("http", "ws") : `ws://127.0.0.1:${port + 1}`;
    const environment = {
      NODE_ENV: "production" as const,
      PATH: process.env["PATH"],
      DATABASE_URL: pooled.href,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      SECRET_KEY: randomBytes(32).toString("base64"),
      PUBLIC_URL: url,
      DATA_DIR: path.join(folder, "data"),
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      ...(hasCaddy ? { TRUSTED_PROXIES: "1" } : { WS_URL: socketUrl }),
    };
    const run = (name: string, entry: string, env: Record<string, string>, isReady: () => Promise<boolean>) =>
      new Child({
        name,
        command: process.execPath,
        args: [path.join(app, "dist", entry)],
        env: { ...environment, ...env },
        log: path.join(folder, `${name}.log`),
        isReady,
      });
    execFileSync(process.execPath, [path.join(app, "dist/migrate.js")], {
      env: environment,
      cwd: app,
      encoding: "utf8",
    });
    parts.push("migrations      applied");
    const isReady = (at: number) => async () =>
      (await fetch(`http://127.0.0.1:${at}/readyz`).catch(() => null))?.ok ?? false;
    const node = (name: string, entry: string, variable: string, at: number) =>
      run(name, entry, { [variable]: String(at), METRICS_PORT: String(at + 20) }, isReady(at));
    const web = webPorts.map((at, index) => node(`web${index + 1}`, "web.js", "PORT", at));
    const ws = wsPorts.map((at, index) => node(`ws${index + 1}`, "ws.js", "WS_PORT", at));
    for (const [index, child] of [...web, ...ws].entries()) {
      const at = [...webPorts, ...wsPorts][index] ?? 0;
      await begin(child, `${child.name.padEnd(15)} 127.0.0.1:${at}, metrics on ${at + 20}`);
    }
    if (hasCaddy) {
      await begin(caddy(folder, port, { web: webPorts, ws: wsPorts }), `Caddy           ${url}`);
    } else {
      const random = new Random(1);
      const doors = [
        await TcpProxy.listen(port, { upstreams: webPorts, random }),
        await TcpProxy.listen(port + 1, { upstreams: wsPorts, random }),
      ];
      stops.push(() => doors.map((door) => door.close()));
      parts.push(`a proxy of ours ${url}, ${socketUrl}: Caddy is not installed`);
    }
    const prometheusPort = port + 4;
    const hasPrometheus = versionOf("prometheus") !== null;
    if (hasPrometheus) {
      const asks = prometheus(folder, prometheusPort, metrics);
      await begin(asks, `Prometheus      http://127.0.0.1:${prometheusPort}`);
    } else parts.push("Prometheus      is not installed");
    return {
      url,
      urls: { http: url, ws: `${socketUrl}${socketPath}`, database: postgres.url },
      web,
      ws,
      metrics,
      prometheus: hasPrometheus ? `http://127.0.0.1:${prometheusPort}` : null,
      parts,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Whether nothing listens on the ports from here on. */
export const isFree = async (port: number): Promise<boolean> => {
  const ports = [0, 1, 2, 3, 4, 11, 12, 21, 22, 31, 32, 41, 42].map((offset) => port + offset);
  return !(await Promise.all(ports.map(answersOn))).includes(true);
};

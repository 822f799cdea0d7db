import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Env } from "~/env";
import { waitingPasswords } from "./auth/password";
import { registry as counted } from "./infra/metrics";
import { pools } from "./infra/pool";
import { listen } from "./listen";
import type { Runtime } from "./runtime";
import type { WsServer } from "./ws-server";

interface Observed {
  runtime: Runtime;
  http: Server;
  sockets: WsServer;
}

export interface Metrics {
  /** 0 where none are served. */
  port: number;
  close: () => void;
}

/**
 * Serves `/metrics` in Prometheus's text format on a port of its own, which is not for the world: what was counted since
 * the start, the present state of queues and connections, and of the process. Does nothing without `METRICS_PORT`.
 */
export const openMetrics = async (
  { METRICS_PORT, HOST }: Pick<Env, "METRICS_PORT" | "HOST">,
  observed: Observed,
): Promise<Metrics> => {
  if (METRICS_PORT === undefined) return { port: 0, close: () => {} };
  const states = new Registry();
  observe(states, observed);
  collectDefaultMetrics({ register: states });
  const all = Registry.merge([counted, states]);
  const server = createServer(async ({ url }, response) => {
    if (url !== "/metrics") return void response.writeHead(404).end();
    const text = await all.metrics();
    response.writeHead(200, { "Content-Type": all.contentType }).end(text);
  });
  const port = await listen(server, { port: METRICS_PORT, host: HOST, variable: "METRICS_PORT" });
  return { port, close: () => void server.close() };
};

const observe = (register: Registry, { runtime, http, sockets }: Observed): void => {
  const { sends, inboxes, feeds, presence, backplane } = runtime;
  const states = <Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: () => Iterable<[value: string, state: number]>,
  ) =>
    new Gauge<Label>({
      name: `charla_${name}`,
      help,
      labelNames: [label],
      registers: [register],
      collect() {
        for (const [value, state] of read()) this.labels(value).set(state);
      },
    });
  const state = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name: `charla_${name}`,
      help,
      registers: [register],
      async collect() {
        this.set(await read());
      },
    });

  state("connections", "TCP connections that are open, for whatever they are used.", () =>
    promisify(http.getConnections.bind(http))(),
  );
  states("sockets", "WebSockets that are open, by door.", "door", sockets.counts);
  state("people", "People who have a socket here.", () => presence.size);
  state("feeds", "Rooms that somebody here listens to.", () => feeds.size);
  states("queue", "What waits for its turn, by queue.", "queue", () => [
    ["sends", sends.waiting],
    ["inboxes", inboxes.waiting],
    ["passwords", waitingPasswords()],
    ["db", sum(({ waitingCount }) => waitingCount)],
  ]);
  states("db_connections", "Connections to the database, by state.", "state", () => [
    ["idle", sum(({ idleCount }) => idleCount)],
    ["busy", sum(({ totalCount, idleCount }) => totalCount - idleCount)],
  ]);
  state("backplane_connected", "Whether Redis answers; 1 where memory stands in for it.", () =>
    backplane.connected ? 1 : 0,
  );
};

const sum = (of: (pool: { totalCount: number; idleCount: number; waitingCount: number }) => number): number =>
  [...pools].reduce((total, pool) => total + of(pool), 0);

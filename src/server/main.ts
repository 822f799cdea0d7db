import { parseArgs } from "node:util";
import { type Env, readEnv } from "~/env";
import { startJanitor } from "./attachments/janitor";
import { lendToPages } from "./global";
import { createHttpServer } from "./http-server";
import { close, listen } from "./listen";
import { openMetrics } from "./metrics-server";
import { type Node, openNode } from "./open-node";
import { noPages, openPages } from "./pages";
import { createReadiness } from "./readiness";
import { runAsProcess } from "./run";
import { createContext } from "./trpc/context";
import { createCaller } from "./trpc/root";
import { createWsServer, refuse, socketPath } from "./ws-server";

/** `--dev`: pages are compiled when they are asked for. `--api`: there are none, only the API and the WebSocket. */
const { dev, api } = parseArgs({
  options: { dev: { type: "boolean", default: false }, api: { type: "boolean", default: false } },
}).values;

/** How long requests have to be answered and clients to connect elsewhere. In development nobody is to wait. */
const graceMs = dev ? 0 : 4_000;

/** Serves the pages, the API and the WebSocket on one port. Resolves to what stops that. */
const serve = async (env: Env, { runtime, policy, place }: Node): Promise<() => Promise<void>> => {
  lendToPages({
    callerFor: async (request) => createCaller(await createContext(runtime, request)),
    socketUrl: env.WS_URL ? new URL(socketPath, env.WS_URL).href : socketPath,
  });
  const readiness = createReadiness(runtime, policy);
  const pages = api ? noPages : await openPages({ dev, port: env.PORT, socketUrl: env.WS_URL });
  const http = createHttpServer({ ...policy, runtime, readiness, pages: pages.handle });
  const sockets = createWsServer(runtime, policy);
  http.on("upgrade", (request, socket, head) => {
    const taken = sockets.handleUpgrade(request, socket, head) || pages.handleUpgrade(request, socket, head);
    if (!taken) refuse(socket, "404 Not Found");
  });
  const janitor = startJanitor(runtime);
  const metrics = await openMetrics(env, { runtime, http, sockets });
  const port = await listen(http, { port: env.PORT, host: env.HOST, variable: "PORT" });
  const address = env.PUBLIC_URL ?? `http://localhost:${port}`;
  process.stdout.write(`\n  Charla is ready at ${address}\n  Its data lies in ${place}\n\n`);
  return async () => {
    await readiness.leave();
    await Promise.all([close(http, graceMs), sockets.drain(graceMs)]);
    await janitor.stop();
    metrics.close();
    await pages.close();
  };
};

await runAsProcess(async () => {
  const env = readEnv();
  const node = await openNode(env);
  try {
    const stop = await serve(env, node);
    return async () => {
      await stop();
      await node[Symbol.asyncDispose]();
    };
  } catch (error) {
    await node[Symbol.asyncDispose]();
    throw error;
  }
});

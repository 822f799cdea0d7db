// The standalone tRPC WebSocket server: `npm run ws`, and the ws service of docker-compose.yml.
import { createServer } from "node:http";
import { readEnv } from "~/env";
import { close, listen } from "~/server/listen";
import { openMetrics } from "~/server/metrics-server";
import { openNode } from "~/server/open-node";
import { answer, createReadiness } from "~/server/readiness";
import { runAsProcess } from "~/server/run";
import { createWsServer, refuse, socketPath } from "~/server/ws-server";

const graceMs = 4_000;

await runAsProcess(async () => {
  const env = readEnv();
  const node = await openNode(env, { join: true });
  const { runtime, policy } = node;
  const readiness = createReadiness(runtime, policy);
  const sockets = createWsServer(runtime, policy);
  const http = createServer((request, response) => {
    if (request.url === "/healthz") return readiness.answerHealth(response);
    if (request.url === "/readyz") return void readiness.answerReadiness(response);
    return answer(response, 426, `open a WebSocket on ${socketPath}`);
  });
  http.on("upgrade", (request, socket, head) => {
    if (!sockets.handleUpgrade(request, socket, head)) refuse(socket, "404 Not Found");
  });
  const metrics = await openMetrics(env, { runtime, http, sockets });
  const port = await listen(http, { port: env.WS_PORT, host: env.HOST, variable: "WS_PORT" });
  process.stdout.write(`\n  WebSocket server ready at ws://localhost:${port}${socketPath}\n\n`);
  return async () => {
    await readiness.leave();
    await Promise.all([close(http, graceMs), sockets.drain(graceMs)]);
    metrics.close();
    await node[Symbol.asyncDispose]();
  };
});

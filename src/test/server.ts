import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createHttpServer } from "~/server/http-server";
import { noPages } from "~/server/pages";
import { createReadiness } from "~/server/readiness";
import type { Runtime } from "~/server/runtime";
import { createWsServer, refuse, type WsServer } from "~/server/ws-server";
import { allowedOrigin } from "./socket";

export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  origin: string;
  http: Server;
  sockets: WsServer;
  /** Cuts every connection in mid-air. */
  cut: () => void;
}

/**
 * A node's every door but the pages, on a port of its own, as `npm start` opens them.
 *
 * @param trustedProxies how many proxies of ours stand before it: by default one, which lets tests say where they ask from
 */
export const openServer = async (node: Runtime, { trustedProxies = 1 } = {}): Promise<TestServer> => {
  const policy = { allowedOrigins: [allowedOrigin], trustedProxies };
  const http = createHttpServer({
    ...policy,
    runtime: node,
    readiness: createReadiness(node, policy),
    pages: noPages.handle,
  });
  const sockets = createWsServer(node, policy);
  http.on("upgrade", (request, socket, head) => {
    if (!sockets.handleUpgrade(request, socket, head)) refuse(socket, "404 Not Found");
  });
  const connections = new Set<Socket>();
  http.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of connections) socket.destroy();
  };
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    http,
    sockets,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => http.close(resolve));
    },
  };
};

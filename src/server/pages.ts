import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setMode } from "~/env";
import { contentSecurityPolicy } from "./content-security-policy";
import { projectRoot } from "./infra/project-root";
import { serveServiceWorker, serviceWorkerPath } from "./service-worker";

/** Next, rendering the pages in this process. */
export interface Pages {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Takes the upgrade if it is Next's own (hot reload); otherwise returns false and leaves the socket alone. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  close: () => Promise<void>;
}

/**
 * @param dev pages are compiled when they are asked for
 * @param socketUrl where pages open the WebSocket, if not at their own origin
 */
export const openPages = async ({
  dev,
  port,
  socketUrl,
}: {
  dev: boolean;
  port: number;
  socketUrl: string | undefined;
}): Promise<Pages> => {
  setMode(dev ? "development" : "production");
  const { default: next } = await import("next");
  // Stands in for the server: Next would listen to its upgrades, and close the sockets that are ours.
  const upgrades = new EventEmitter();
  const app = next({ dev, dir: projectRoot, port, httpServer: upgrades as Server });
  await app.prepare();
  const render = app.getRequestHandler();
  return {
    handle: (request, response) => {
      if (request.url === serviceWorkerPath) return serveServiceWorker(request, response, { dev });
      const nonce = randomBytes(16).toString("base64");
      const policy = contentSecurityPolicy({ nonce, dev, socketUrl });
      response.setHeader("Content-Security-Policy", policy);
      // Next puts the nonce of the request's policy on its own scripts; our layout reads the other one.
      request.headers["content-security-policy"] = policy;
      request.headers["x-nonce"] = nonce;
      return render(request, response);
    },
    handleUpgrade: (request, socket, head) => {
      if (!dev || !request.url?.startsWith("/_next/")) return false;
      return upgrades.emit("upgrade", request, socket, head);
    },
    close: () => app.close(),
  };
};

/** For a node that serves the API alone. */
export const noPages: Pages = {
  handle: async (_, response) => {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("not found\n");
  },
  handleUpgrade: () => false,
  close: async () => {},
};

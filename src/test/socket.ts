import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from "@trpc/client";
import superjson from "superjson";
import { WebSocket } from "ws";
import type { Runtime } from "~/server/runtime";
import type { AppRouter } from "~/server/trpc/root";
import { createWsServer, refuse, socketPath, type WsServerOptions } from "~/server/ws-server";
import type { Member } from "./cast";

export const allowedOrigin = "https://charla.test";

export interface TestSocketServer extends AsyncDisposable {
  url: string;
  /** The TCP connections that are open. */
  sockets: Set<Socket>;
  /** Cuts every connection in mid-air, as a cable that is pulled. */
  cut: () => void;
  drain: (graceMs: number) => Promise<void>;
}

/** The real WebSocket server of a node, on a port of its own. */
export const openSocketServer = async (
  node: Runtime,
  options: Partial<WsServerOptions> = {},
): Promise<TestSocketServer> => {
  const ws = createWsServer(node, { allowedOrigins: [allowedOrigin], trustedProxies: 0, ...options });
  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request, socket, head) => {
    if (!ws.handleUpgrade(request, socket, head)) refuse(socket, "404 Not Found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `ws://127.0.0.1:${port}${socketPath}`,
    sockets,
    cut,
    drain: ws.drain,
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export interface TestClient extends AsyncDisposable {
  api: TRPCClient<AppRouter>;
  /** How often it has connected. */
  connections: () => number;
}

/** tRPC's own client over a real WebSocket, signed in by its cookie or, where `token` says so, by its first frame. */
export const openClient = (
  url: string | (() => string),
  member?: Member,
  { byToken = false } = {},
): TestClient => {
  const headers = member && !byToken ? { cookie: member.cookie } : {};
  class SignedInWebSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  let connections = 0;
  const socket = createWSClient({
    url,
    WebSocket: SignedInWebSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 20,
    ...(byToken && member ? { connectionParams: { token: member.cookie.split("=")[1] ?? "" } } : {}),
    onOpen: () => {
      connections += 1;
    },
  });
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket, transformer: superjson })] }),
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      await socket.close();
    },
  };
};

/** What a subscription said so far, as a test reads it. */
export interface Heard<T> {
  data: T[];
  errors: string[];
  stop: () => void;
}

/** Subscribes and resolves once the server has begun to listen. */
export const listen = async <T>(
  subscribe: (handlers: {
    onStarted: () => void;
    onData: (data: T) => void;
    onError: (error: { message: string }) => void;
  }) => { unsubscribe: () => void },
): Promise<Heard<T>> => {
  const heard: Heard<T> = { data: [], errors: [], stop: () => {} };
  await new Promise<void>((resolve) => {
    const subscription = subscribe({
      onStarted: resolve,
      onData: (data) => heard.data.push(data),
      onError: (error) => {
        heard.errors.push(error.message);
        resolve();
      },
    });
    heard.stop = () => subscription.unsubscribe();
  });
  return heard;
};

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type Server, WebSocketServer } from "ws";
import { type Admission, closeCodes, createAdmission, type Visit } from "./admission";
import { AnsweringSocket } from "./answering-socket";
import { receiveStream } from "./attachments/receive";
import {
  type DoorPolicy,
  isOriginAllowed,
  nameRequest,
  parseUrl,
  requestIdHeader,
  requestIdOf,
} from "./incoming";
import { KeepAlive } from "./keep-alive";
import { plainSocketFarewell, plainSocketPath, servePlainSocket } from "./rest/plain-socket";
import type { Runtime } from "./runtime";
import { TrpcSocket } from "./trpc-socket";

/** What a client may ask of one socket, and how soon a dead one is noticed. */
export const socketLimits = {
  /** A send is 4,000 characters and an envelope; nothing else is as large. */
  frameBytes: 64 * 1024,
  /** One that brings a file's bytes over the plain WebSocket: large enough to be quick, small enough to be held in memory. */
  fileFrameBytes: 1024 * 1024,
  /** Parts that one message may come in. Browsers do not split what is so small. */
  fragments: 64,
  /** By then a socket has said who it is, or it has no business here. */
  signInMs: 10_000,
  /** A half-open peer is gone after twice as long. */
  pingMs: 15_000,
};

/** How long who stays to the end may wait for an answer. */
const lastAnswerMs = 1_000;

/** The path of the tRPC WebSocket. */
export const socketPath = "/api/ws";

export interface WsServerOptions extends DoorPolicy {
  paths?: string[];
  signInMs?: number;
}

export interface WsServer {
  /** Answers an upgrade, if it is for one of our paths; otherwise returns false and leaves the socket alone. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Sends everybody elsewhere and resolves when they are gone, or after `graceMs`. */
  drain: (graceMs: number) => Promise<void>;
  /** How many sockets are open at each door. */
  counts: () => [door: string, sockets: number][];
}

/** One protocol that we speak over WebSockets. */
interface Door {
  name: string;
  isAt: (pathname: string) => boolean;
  sockets: Server<typeof AnsweringSocket>;
  serve: (ws: AnsweringSocket, request: IncomingMessage) => void;
  /** The frame that sends a client elsewhere. */
  farewell: string;
}

const openSockets = (maxPayload = socketLimits.frameBytes): Door["sockets"] =>
  new WebSocketServer({
    noServer: true,
    WebSocket: AnsweringSocket,
    maxPayload,
    maxFragments: socketLimits.fragments,
    perMessageDeflate: false,
  }).on("headers", (headers, request) => headers.push(`${requestIdHeader}: ${requestIdOf(request)}`));

/** The WebSocket server of one node, tRPC's and the plain one: who comes in is checked before either hears of them. */
export const createWsServer = (
  runtime: Runtime,
  { paths = [socketPath], signInMs = socketLimits.signInMs, ...policy }: WsServerOptions,
): WsServer => {
  const admission = createAdmission(runtime, { ...policy, signInMs });
  const doors = [trpcDoor(paths, admission), plainDoor(runtime, admission)];
  const keepAlive = new KeepAlive(socketLimits.pingMs);
  const everySocket = () => doors.flatMap(({ sockets }) => [...sockets.clients]);
  let isDraining = false;

  return {
    handleUpgrade: (request, socket, head) => {
      const url = parseUrl(request);
      if (!url) {
        refuse(socket, "400 Bad Request");
        return true;
      }
      nameRequest(request, policy);
      const door = doors.find(({ isAt }) => isAt(url.pathname));
      if (!door) return false;
      if (isDraining) refuse(socket, "503 Service Unavailable");
      else if (!isOriginAllowed(request, policy)) refuse(socket, "403 Forbidden");
      else
        door.sockets.handleUpgrade(request, socket, head, (ws) => {
          keepAlive.watch(ws);
          runtime.log.debug({ requestId: requestIdOf(request), door: door.name }, "socket opened");
          door.serve(ws, request);
        });
      return true;
    },
    drain: async (graceMs) => {
      isDraining = true;
      const areGone = async (ms: number) => {
        for (const deadline = Date.now() + ms; everySocket().length > 0 && Date.now() < deadline; )
          await sleep(50);
      };
      // Told when nothing is under way, for what a browser is answered after it began to close is lost.
      for (const { sockets, farewell } of doors)
        for (const ws of sockets.clients)
          void Promise.resolve(ws.answered()).then(() => ws.send(farewell, () => {}));
      await areGone(graceMs);
      for (const ws of everySocket()) ws.close(closeCodes.restart, "restarting");
      await areGone(lastAnswerMs);
      for (const ws of everySocket()) ws.terminate();
      keepAlive.close();
    },
    counts: () => doors.map(({ name, sockets }) => [name, sockets.clients.size]),
  };
};

const trpcDoor = (paths: string[], { admit, awaitSignIn }: Admission): Door => ({
  name: "trpc",
  isAt: (pathname) => paths.includes(pathname),
  sockets: openSockets(),
  serve: (ws, request) => {
    const visit: Visit = { ws, request, hangUp: (code, reason) => ws.close(code, reason) };
    awaitSignIn(visit);
    // tRPC's client says in its URL that its first frame tells who it is.
    const isIntroduced = parseUrl(request)?.searchParams.get("connectionParams") === "1";
    const socket = new TrpcSocket({ visit, isIntroduced, admit });
    ws.answered = () => socket.answered();
  },
  // tRPC's client opens a new connection, elsewhere, before it lets go of this one.
  farewell: JSON.stringify({ id: null, method: "reconnect" }),
});

const plainDoor = (runtime: Runtime, admission: Admission): Door => ({
  name: "plain",
  isAt: (pathname) => plainSocketPath.test(pathname),
  sockets: openSockets(socketLimits.fileFrameBytes),
  serve: (ws, request) =>
    servePlainSocket(ws, request, {
      admission,
      log: runtime.log,
      frameBytes: socketLimits.frameBytes,
      storeFile: (user, roomId, about, size, bytes) =>
        receiveStream(runtime, user, { ...about, roomId }, size, bytes),
    }),
  farewell: plainSocketFarewell,
});

/** Answers an upgrade that is not to be, and leaves no socket open. */
export const refuse = (socket: Duplex, status: string): void => {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

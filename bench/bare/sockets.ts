// What fan-out is measured against: nothing but `ws`. What a client of a room sends goes to every client of that room.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
const rooms = new Map<string, Set<WebSocket>>();

sockets.on("connection", (ws, request) => {
  const name = request.url ?? "";
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(ws));
  ws.on("message", (data) => {
    for (const other of room) other.send(data, { binary: false });
  });
  ws.on("close", () => room.delete(ws));
});

http.listen(0, "127.0.0.1", () => process.send?.({ port: (http.address() as AddressInfo).port }));

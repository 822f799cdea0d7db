import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { KeepAlive } from "./keep-alive";

it("cuts a peer that answers no ping, and keeps one that does", async () => {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const keepAlive = new KeepAlive(100);
  sockets.on("connection", (ws) => keepAlive.watch(ws));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const silent = new WebSocket(url, { autoPong: false });
  const present = new WebSocket(url);
  await once(present, "open");
  const [code] = await once(silent, "close");
  expect(code).toBe(1006); // cut, not closed
  for (let pings = 0; pings < 3; pings += 1) await once(present, "ping");
  expect(present.readyState).toBe(WebSocket.OPEN);
  present.terminate();
  keepAlive.close();
  await new Promise((resolve) => http.close(resolve));
});

import { createWSClient, type TRPCWebSocketClient } from "@trpc/client";
import { clientKeepAlive, reconnectDelayMs } from "~/shared/reconnect";

/** `/api/ws` on this origin → `wss://…/api/ws`; an address with a scheme stays as it is. */
const absolute = (url: string): string => new URL(url, window.location.href).href.replace(/^http/, "ws");

let socket: TRPCWebSocketClient | undefined;

/**
 * The page's one WebSocket, opened by the first call. It lives outside React, whose StrictMode runs initialisers
 * twice. Leaving the account is a page load, so it never has to change its user.
 */
export const openSocket = (url: string): TRPCWebSocketClient => {
  socket ??= createWSClient({
    url: () => absolute(url),
    retryDelayMs: reconnectDelayMs,
    keepAlive: clientKeepAlive,
  });
  return socket;
};

/** The WebSocket, if a signed-in page has opened it. */
export const currentSocket = (): TRPCWebSocketClient | undefined => socket;

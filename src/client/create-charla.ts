import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCClient,
  type TRPCClientError,
  wsLink,
} from "@trpc/client";
import superjson from "superjson";
import { WebSocket } from "ws";
import type { AppRouter } from "~/server/trpc/root";
import { clientKeepAlive, reconnectDelayMs } from "~/shared/reconnect";

export { signInAs } from "./sign-in-as";

export interface CharlaOptions {
  /** Where the chat is: `https://chat.example.org`. */
  url: string;
  /** Where its WebSocket is, if elsewhere: `wss://ws.example.org`. */
  socketUrl?: string;
  /** An access token; or what finds one that is good now, asked before each request and each connection. */
  token: string | (() => Promise<string>);
}

export interface Charla extends AsyncDisposable {
  /** Every procedure, typed: `api.messages.send.mutate(…)`, `api.messages.onMessage.subscribe(…)`. */
  api: TRPCClient<AppRouter>;
  /** Ends every subscription and closes the connection. */
  close: () => Promise<void>;
}

/** Tries of one call: together they outlast the restart of a server. */
const maxAttempts = 10;

const isWorthRepeating = ({
  op,
  error,
  attempts,
}: {
  op: Operation;
  error: TRPCClientError<AppRouter>;
  attempts: number;
}): boolean => {
  const isHarmless = op.type === "query" || op.path === "messages.send";
  const isUnanswered = error.data === undefined || error.data?.code === "SERVICE_UNAVAILABLE";
  return isHarmless && isUnanswered && attempts < maxAttempts;
};

/**
 * The chat for programs on Node. Calls go over HTTP; subscriptions over a WebSocket that is opened by the first of them,
 * comes back by itself when it is cut, and goes on with the first change that was missed. What got no answer is asked
 * again, if that is harmless: queries, and messages, which their client ids keep from being stored twice.
 */
export const createCharla = ({ url, socketUrl = url, token }: CharlaOptions): Charla => {
  const findToken = async (): Promise<string> => (typeof token === "string" ? token : token());
  const socket = createWSClient({
    url: new URL("/api/ws", socketUrl).href.replace(/^http/, "ws"),
    // What it uses of a WebSocket is what both kinds have.
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    connectionParams: async () => ({ token: await findToken() }),
    lazy: { enabled: true, closeMs: 1_000 },
    retryDelayMs: reconnectDelayMs,
    keepAlive: clientKeepAlive,
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      retryLink({ retry: isWorthRepeating, retryDelayMs: reconnectDelayMs }),
      splitLink({
        condition: (op) => op.type === "subscription",
        true: wsLink({ client: socket, transformer: superjson }),
        false: httpBatchLink({
          url: new URL("/api/trpc", url).href,
          transformer: superjson,
          headers: async () => ({ authorization: `Bearer ${await findToken()}` }),
        }),
      }),
    ],
  });
  const close = async (): Promise<void> => {
    await socket.close();
  };
  return { api, close, [Symbol.asyncDispose]: close };
};

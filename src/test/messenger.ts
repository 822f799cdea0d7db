import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from "@trpc/client";
import superjson from "superjson";
import { expect, vi } from "vitest";
import { WebSocket } from "ws";
import type { Conversation } from "~/components/messages/conversation/conversation";
import { noHistory } from "~/components/messages/conversation/history";
import { Messenger } from "~/components/messages/conversation/messenger";
import { MemoryStore } from "~/components/messages/outbox/outgoing-store";
import type { AppRouter } from "~/server/trpc/root";
import type { Member } from "./cast";
import type { TestServer } from "./server";

/** What a signed-in page is made of, without the page: the messenger over HTTP and a WebSocket of its own. */
export const openMessenger = (server: TestServer, { cookie }: Member, history = noHistory) => {
  const headers = { cookie };
  const sockets: WebSocket[] = [];
  class SignedInWebSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
      sockets.push(this);
    }
  }
  const socket = createWSClient({
    url: `${server.origin.replace("http", "ws")}/api/ws`,
    WebSocket: SignedInWebSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 20,
  });
  const network = { away: false };
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === "subscription",
        true: wsLink({ client: socket, transformer: superjson }),
        false: httpBatchLink({
          url: `${server.origin}/api/trpc`,
          transformer: superjson,
          headers,
          fetch: (url, init) =>
            network.away ? Promise.reject(new TypeError("Failed to fetch")) : fetch(url, init as RequestInit),
        }),
      }),
    ],
  });
  return {
    messenger: new Messenger(client, new MemoryStore(), history),
    network,
    cut: () => sockets.at(-1)?.terminate(),
    [Symbol.asyncDispose]: () => socket.close(),
  };
};

export const bodies = (conversation: Conversation) =>
  conversation.getState().window.messages.map(({ body }) => body);
/** Waits until nothing in `condition` throws any more. */
export const until = (condition: () => void | Promise<void>) =>
  vi.waitFor(condition, { timeout: 10_000, interval: 10 });
export const untilReady = (conversation: Conversation) =>
  until(() => expect(conversation.getState().phase).toBe("ready"));

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  retryLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
  wsLink,
} from "@trpc/client";
import superjson from "superjson";
import { WebSocket } from "ws";
import type { AppRouter } from "~/server/trpc/root";
import type { Message } from "~/shared/messages";

/** Somebody's account, with which any number of devices can be opened. */
export interface Account {
  userId: string;
  name: string;
  cookie: string;
  /** The address that the proxies say they come from. */
  ip: string;
}

export interface Addresses {
  http: string;
  ws: string;
}

export type Api = TRPCClient<AppRouter>;

/** No call of these clients hangs for longer, whatever became of the other side. */
const callMs = 6_000;

const httpOf = (
  url: string,
  { cookie, ip }: { cookie?: string; ip: string },
  onCookie?: (cookie: string) => void,
) =>
  httpLink({
    url: `${url}/api/trpc`,
    transformer: superjson,
    headers: { "x-forwarded-for": ip, ...(cookie && { cookie }) },
    fetch: async (input, init) => {
      const request = { ...init, signal: AbortSignal.timeout(callMs) };
      const response = await fetch(input, request as RequestInit);
      const set = response.headers.getSetCookie()[0]?.split(";")[0];
      if (set) onCookie?.(set);
      return response;
    },
  });

let addresses = 0;

/** A refusal that no other try would change; everything else may work later. */
const isFinal = (error: unknown): boolean => {
  const status = error instanceof TRPCClientError ? (error.data?.httpStatus ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 429;
};

/** A call that was given up with its connection: nobody said anything about it. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof TRPCClientError && error.data === undefined;

/** Registers somebody, through the procedure that everybody uses: under another name if an earlier fault still shows. */
export const register = async (urls: Addresses, triesLeft = 5): Promise<Account> => {
  addresses += 1;
  const ip = `10.9.${Math.floor(addresses / 250)}.${addresses % 250}`;
  const name = `c-${randomUUID().slice(0, 18)}`;
  let cookie = "";
  const link = httpOf(urls.http, { ip }, (set) => {
    cookie = set;
  });
  const api = createTRPCClient<AppRouter>({ links: [link] });
  try {
    const { user } = await api.auth.register.mutate({
      username: name,
      displayName: name,
      password: randomUUID(),
    });
    return { userId: user.id, name, cookie, ip };
  } catch (error) {
    if (isFinal(error) || triesLeft === 0) throw error;
    await sleep(200);
    return register(urls, triesLeft - 1);
  }
};

/** With the cause, which says what `fetch` does not. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${reasonOf(error.cause)})` : error.message;
};

export interface Delivery {
  message: Message;
  /** From the first try to the acknowledgement, in milliseconds. */
  ms: number;
  failures: string[];
}

/** A signed-in program with the page's habits: subscriptions and, where asked, sends over the WebSocket. */
export class Device {
  readonly account: Account;
  readonly api: Api;
  /** How its sends travel. */
  readonly door: "http" | "socket";
  /** Why calls were given up with their connection, which tRPC's own retry link then repeated. */
  readonly givenUp: string[] = [];
  readonly #close: () => Promise<void>;
  #closed = false;

  constructor(account: Account, urls: Addresses, { sendsBySocket = false } = {}) {
    this.account = account;
    this.door = sendsBySocket ? "socket" : "http";
    const { cookie, ip } = account;
    class SignedInWebSocket extends WebSocket {
      constructor(address: string | URL) {
        super(address, { headers: { cookie, "x-forwarded-for": ip } });
      }
    }
    const socket = createWSClient({
      url: urls.ws,
      WebSocket: SignedInWebSocket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: (attempt) =>
        // Calls go on over the connection that is to be left, until it is: who makes some leaves at once, as by default.
        sendsBySocket && attempt === 0 ? 0 : Math.random() * Math.min(5_000, 500 * 2 ** attempt),
      keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
    });
    this.api = createTRPCClient<AppRouter>({
      links: [
        retryLink({
          retry: ({ op, error }) => {
            const isRepeated = this.door === "socket" && op.type === "mutation" && isUnanswered(error);
            if (isRepeated) this.givenUp.push(reasonOf(error));
            return isRepeated && !this.#closed;
          },
          retryDelayMs: (attempts) => Math.random() * Math.min(2_000, 100 * 2 ** attempts),
        }),
        splitLink({
          condition: ({ type, path }) =>
            type === "subscription" || (sendsBySocket && path === "messages.send"),
          true: wsLink({ client: socket, transformer: superjson }),
          false: httpOf(urls.http, account),
        }),
      ],
    });
    this.#close = async () => {
      this.#closed = true;
      // What still waits for an answer would hold up the closing.
      await Promise.race([socket.close(), sleep(500)]);
      socket.connection?.ws?.close();
    };
  }

  /** Sends until it is acknowledged, under one client id, as the page's outbox and `createCharla` do. */
  async deliver(roomId: string, body: string, clientId: string = randomUUID()): Promise<Delivery> {
    const failures: string[] = [];
    const began = performance.now();
    for (;;) {
      try {
        const signal = AbortSignal.timeout(callMs);
        const message = await this.api.messages.send.mutate({ roomId, clientId, body }, { signal });
        if (!message) throw new Error("given up after waiting"); // tRPC's link completes without a value
        return { message, ms: performance.now() - began, failures };
      } catch (error) {
        if (isFinal(error) || this.#closed) throw error;
        failures.push(reasonOf(error));
        await sleep(Math.random() * Math.min(2_000, 100 * 2 ** failures.length));
      }
    }
  }

  /** Listens to a room from `rev()` on, and anew whenever the stream ends. Returns what stops it. */
  follow(roomId: string, rev: () => number, onChange: (message: Message) => void): () => void {
    let isStopped = false;
    let failures = 0;
    let timer: NodeJS.Timeout | undefined;
    let stop = () => {};
    const start = () => {
      let isOver = false;
      const again = () => {
        if (isOver || isStopped) return;
        isOver = true;
        timer = setTimeout(start, Math.random() * Math.min(2_000, 100 * 2 ** failures));
        failures += 1;
      };
      const subscription = this.api.messages.onMessage.subscribe(
        { roomId, lastEventId: String(rev()) },
        {
          onStarted: () => {
            failures = 0;
          },
          onData: ({ data }) => onChange(data),
          onComplete: again,
          onError: again,
        },
      );
      stop = () => subscription.unsubscribe();
    };
    start();
    return () => {
      isStopped = true;
      clearTimeout(timer);
      stop();
    };
  }

  close(): Promise<void> {
    return this.#close();
  }
}

import type { RequestInfo } from "~/server/trpc/context";
import type { createCaller } from "~/server/trpc/root";

/** What the server lends to the pages that it renders. */
export interface PageServer {
  /** Every procedure, called in this process as whoever sent the request. */
  callerFor: (request: RequestInfo) => Promise<ReturnType<typeof createCaller>>;
  /** Where browsers open the WebSocket: a path of this origin, or an address of its own. */
  socketUrl: string;
}

declare global {
  var charlaPageServer: PageServer | undefined;
}

/**
 * Next bundles its own copy of every module it imports, so a value of ours reaches it only through `globalThis`. This
 * file imports types alone, which keeps the server's code out of that bundle.
 */
export const lendToPages = (server: PageServer): void => {
  globalThis.charlaPageServer = server;
};

/** What {@link lendToPages} was given. Throws where no server of ours runs in this process. */
export const pageServer = (): PageServer => {
  if (!globalThis.charlaPageServer)
    throw new Error("No server in this process: start it with src/server/main.ts");
  return globalThis.charlaPageServer;
};

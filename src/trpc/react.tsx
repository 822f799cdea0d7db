"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink, splitLink, wsLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import { type ReactNode, useEffect, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "~/server/trpc/root";
import { profilesLink, refreshQueries } from "./profiles";
import { createQueryClient } from "./query-client";
import { signedOutLink } from "./signed-out-link";
import { openSocket } from "./socket";

/** Every procedure as a typed hook: `trpc.contacts.list.useQuery()`. */
export const trpc = createTRPCReact<AppRouter>();

/** A page load, so that nothing of the account stays in memory. */
const leave = (): void => window.location.assign("/sign-in?ended");

const createClient = (socketUrl: string | undefined) => {
  const http = httpBatchLink({ url: "/api/trpc", transformer: superjson });
  // While the server renders there is nobody to push to.
  const transport =
    socketUrl === undefined || typeof window === "undefined"
      ? http
      : splitLink({
          condition: (op) => op.type === "subscription",
          true: wsLink({ client: openSocket(socketUrl), transformer: superjson }),
          false: http,
        });
  return trpc.createClient({ links: [signedOutLink(leave), profilesLink(), transport] });
};

type TrpcProviderProps = {
  /** Where subscriptions connect to, at once; without it there are none (the pages before signing in). */
  socketUrl?: string;
  children: ReactNode;
};

/** Queries and mutations over HTTP, subscriptions over the WebSocket. */
export function TrpcProvider({ socketUrl, children }: TrpcProviderProps) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() => createClient(socketUrl));
  useEffect(() => refreshQueries(queryClient), [queryClient]);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

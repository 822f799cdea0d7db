import type { BrowserContext } from "@playwright/test";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "~/server/trpc/root";

/** The typed API as the person of this browser calls it: with the browser's cookies, which it also changes. */
export const apiOf = (browser: BrowserContext): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        transformer: superjson,
        maxItems: 25,
        fetch: async (url, { method = "GET", headers, body } = {}) => {
          const response = await browser.request.fetch(String(url), {
            method,
            headers: Object.fromEntries(new Headers(headers)),
            ...(body ? { data: String(body) } : {}),
          });
          return { status: response.status(), ok: response.ok(), json: () => response.json() };
        },
      }),
    ],
  });

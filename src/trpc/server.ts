import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { headers } from "next/headers";
import { cache } from "react";
import { pageServer } from "~/server/global";
import type { User } from "~/shared/users";

/** Procedures for server components, called as whoever asked for the page. One caller a request. */
export const serverCaller = cache(async () => {
  const head = await headers();
  return pageServer().callerFor({
    // Pages only read; addresses matter to limits on writing.
    ip: "",
    userAgent: head.get("user-agent"),
    cookie: head.get("cookie") ?? undefined,
    authorization: undefined,
    requestId: head.get("x-request-id") ?? undefined,
  });
});

/** Where this page's browser opens the WebSocket. */
export const socketUrl = (): string => pageServer().socketUrl;

/** Whether a call was refused with this code of tRPC's. By shape: the class thrown is not our bundle's copy of it. */
export const isRefusal = (error: unknown, code: TRPC_ERROR_CODE_KEY): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Who is signed in; null if nobody is. */
export const findMe = cache(async (): Promise<User | null> => {
  const caller = await serverCaller();
  try {
    return await caller.auth.me();
  } catch (error) {
    if (isRefusal(error, "UNAUTHORIZED")) return null;
    throw error;
  }
});

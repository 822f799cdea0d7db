import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TRPCError } from "@trpc/server";
import type { RequestInfo } from "./trpc/context";

/** Who is let in, and how we know who it is. */
export interface DoorPolicy {
  /** Origins of pages that may use us, besides our own host's. */
  allowedOrigins: string[];
  /** How many proxies of ours stand before us: that many addresses at the end of `X-Forwarded-For` are believed. */
  trustedProxies: number;
}

/** The header that names a request: in our answer, and between a proxy and us. */
export const requestIdHeader = "X-Request-Id";

/**
 * Gives a request the name under which its errors stand in the log and in what it is answered: the one that a proxy of
 * ours gave it, or a new one. What clients make up counts for nothing.
 */
export const nameRequest = ({ headers }: IncomingMessage, { trustedProxies }: DoorPolicy): string => {
  const given = headers["x-request-id"];
  const isGood = trustedProxies > 0 && typeof given === "string" && /^[\w-]{8,64}$/.test(given);
  const id = isGood ? given : randomUUID();
  headers["x-request-id"] = id;
  return id;
};

/** The name of a request that {@link nameRequest} has given one. */
export const requestIdOf = ({ headers }: IncomingMessage): string => String(headers["x-request-id"]);

/** The URL asked for, or null where the request line or the Host header is no part of one. */
export const parseUrl = (request: IncomingMessage): URL | null => {
  const { url = "", headers } = request;
  const base = `http://${headers.host ?? "localhost"}`;
  return URL.canParse(url, base) ? new URL(url, base) : null;
};

/**
 * Whether a page of that origin may ask this. No Origin header means no page: browsers always send it with WebSockets
 * and with cross-site POSTs, so that a program is what is left.
 */
export const isOriginAllowed = ({ headers }: IncomingMessage, { allowedOrigins }: DoorPolicy): boolean => {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
};

/** What the context needs of a request. An address that a client made up counts for nothing. */
export const requestInfo = (request: IncomingMessage, { trustedProxies }: DoorPolicy): RequestInfo => {
  const { headers, socket } = request;
  const forwarded = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter(Boolean);
  const ip = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  return {
    ip: ip ?? socket.remoteAddress ?? "unknown",
    userAgent: headers["user-agent"] ?? null,
    cookie: headers.cookie,
    authorization: headers.authorization,
    requestId: requestIdOf(request),
  };
};

/**
 * The body of a request.
 *
 * @throws TRPCError `PAYLOAD_TOO_LARGE` as soon as it is longer
 */
export const readText = async (request: IncomingMessage, limitBytes: number): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Left alone when it is too long: destroying it would hang up before the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new TRPCError({ code: "PAYLOAD_TOO_LARGE" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

import type { IncomingMessage, ServerResponse } from "node:http";
import type { DoorPolicy } from "~/server/incoming";

/**
 * Lets pages of the configured origins read our answers, and of no others. Never with credentials: what a browser adds
 * by itself counts for nothing here.
 *
 * @returns whether the request was a preflight, and is answered
 */
export const answerCors = (
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { allowedOrigins }: DoorPolicy,
): boolean => {
  const { origin } = headers;
  const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
  response.setHeader("Vary", "Origin");
  if (isAllowed) {
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate, X-Request-Id");
  }
  if (method !== "OPTIONS") return false;
  if (isAllowed) {
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
    response.setHeader("Access-Control-Max-Age", "600");
  }
  response.writeHead(isAllowed ? 204 : 403).end();
  return true;
};

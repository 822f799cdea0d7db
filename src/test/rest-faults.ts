import { randomUUID } from "node:crypto";
import { createTokens } from "~/server/auth/tokens";
import type { Sent, World } from "./rest-scenarios";
import { testSecretKey } from "./runtime";

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** A token that asks to be believed without a signature. */
export const unsigned = `${encode({ alg: "none" })}.${encode({ sid: randomUUID() })}.`;

/** What can be wrong with a request whatever it asks: changes to one that is good. */
export const faults: Record<string, (world: World, good: Sent) => Sent | Promise<Sent>> = {
  NOT_SIGNED_IN: (_, good) => ({ ...good, token: null }),
  TOKEN_EXPIRED: async ({ node, me }, good) => {
    const past = createTokens({ db: node.db, secretKey: testSecretKey, accessTokenMinutes: -1 });
    return { ...good, token: await past.signAccess(me.user.id, randomUUID()) };
  },
  TOKEN_INVALID: (_, good) => ({ ...good, token: "nothing.of.ours" }),
  TOKEN_ALGORITHM: (_, good) => ({ ...good, token: unsigned }),
  SESSION_ENDED: async ({ node, me }, good) => ({
    ...good,
    token: await node.tokens.signAccess(me.user.id, randomUUID()),
  }),
  PARSE_ERROR: (_, good) => ({ ...good, body: "{" }),
  PAYLOAD_TOO_LARGE: (_, good) => ({ ...good, body: { body: "x".repeat(70_000) } }),
  UNSUPPORTED_MEDIA_TYPE: (_, good) => ({ ...good, headers: { "Content-Type": "text/plain" } }),
  FORBIDDEN_ORIGIN: (_, good) => ({ ...good, headers: { Origin: "https://evil.test" } }),
};

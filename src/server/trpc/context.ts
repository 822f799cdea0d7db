import { randomUUID } from "node:crypto";
import { readBearer } from "~/server/auth/session";
import type { Runtime } from "~/server/runtime";
import { AppError, type ErrorReason } from "~/shared/errors";
import type { User } from "~/shared/users";

/** Who asks. `unknown`: the database did not answer, which must not look like being signed out. */
export type Identity =
  | { state: "signed-in"; user: User; sessionId: string }
  /** `refusal`: what was wrong with the token that they brought. */
  | { state: "signed-out"; refusal?: ErrorReason }
  | { state: "unknown"; cause: unknown };

/** What every procedure gets, whatever the door it was called through. */
export interface Context {
  runtime: Runtime;
  identity: Identity;
  /** Names the request, or the connection, in the log and in what it is answered. */
  requestId: string;
  /** The address and the program at the other end, for limits and for the list of sessions. */
  peer: { ip: string; userAgent: string | null };
  /** Sets a `Set-Cookie` header; does nothing where there is no HTTP response (WebSocket, direct calls). */
  setCookie: (header: string) => void;
}

/** The context of a procedure for people who are signed in. */
export interface SignedInContext extends Context {
  user: User;
  sessionId: string;
}

/** The address and program of the other end, once the proxies we trust have been taken off. */
export interface RequestInfo {
  ip: string;
  userAgent: string | null;
  cookie: string | undefined;
  authorization: string | undefined;
  /** Its name, where it has one already. */
  requestId?: string | undefined;
}

/**
 * Makes the context of one HTTP request or one WebSocket connection. Never throws: a context that throws makes clients
 * try again for ever.
 */
export const createContext = async (
  runtime: Runtime,
  request: RequestInfo,
  { setCookie = () => {} }: Partial<Pick<Context, "setCookie">> = {},
): Promise<Context> => {
  const peer = { ip: request.ip, userAgent: request.userAgent };
  const requestId = request.requestId ?? randomUUID();
  const context = { runtime, requestId, peer, setCookie };
  return { ...context, identity: await identify(runtime, request) };
};

/** By a session's token, in the cookie or as the bearer token; or by an access token, as the bearer token. */
const identify = async ({ sessions, tokens }: Runtime, request: RequestInfo): Promise<Identity> => {
  try {
    const sessionToken = sessions.readToken(request);
    const accessToken = readBearer(request.authorization);
    if (sessionToken === null && accessToken === null) return { state: "signed-out" };
    const signedIn =
      sessionToken === null
        ? await tokens.validate(accessToken ?? "")
        : await sessions.validate(sessionToken);
    return signedIn ? { state: "signed-in", ...signedIn } : { state: "signed-out" };
  } catch (cause) {
    if (cause instanceof AppError) return { state: "signed-out", refusal: cause.reason };
    return { state: "unknown", cause };
  }
};

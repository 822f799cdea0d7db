import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { AppError, type ErrorReason } from "~/shared/errors";
import { type DoorPolicy, requestInfo } from "./incoming";
import { watchRights } from "./realtime/rights-watch";
import type { Runtime } from "./runtime";
import { type Context, createContext, type SignedInContext } from "./trpc/context";

/** Tabs, devices and programs of one person on one node. */
const socketsPerUser = 50;

/** Close codes: RFC 6455 leaves 4000–4999 to applications; ours follow HTTP's numbers. */
export const closeCodes = { signInFirst: 4401, tooMany: 4429, tryLater: 1013, restart: 1012 } as const;

/** A socket that has been opened, and how it is told to go. */
export interface Visit {
  ws: WebSocket;
  request: IncomingMessage;
  hangUp: (code: number, reason: ErrorReason) => void;
}

export interface Admission {
  /** Hangs up unless somebody has signed in by the deadline. */
  awaitSignIn: (visit: Visit) => void;
  /**
   * The context of a connection: of the person whose token this is, or whom the handshake's own headers name. Ties the
   * socket to their session: they are present while it is open, and it closes when the session ends.
   */
  admit: (visit: Visit, token: string | undefined) => Promise<Context>;
}

/** @param signInMs by then a socket has said who it is, or it has no business here */
export const createAdmission = (
  runtime: Runtime,
  { signInMs, ...policy }: DoorPolicy & { signInMs: number },
): Admission => {
  const socketsOf = new Map<string, number>();
  const signedIn = new WeakSet<WebSocket>();

  const attend = async (
    { ws, hangUp }: Visit,
    signed: Pick<SignedInContext, "runtime" | "user" | "sessionId">,
  ): Promise<void> => {
    if (ws.readyState === ws.CLOSED) return; // gone while we looked who it is
    const userId = signed.user.id;
    const sockets = (socketsOf.get(userId) ?? 0) + 1;
    if (sockets > socketsPerUser) return hangUp(closeCodes.tooMany, "RATE_LIMITED");
    socketsOf.set(userId, sockets);
    signedIn.add(ws);
    const closed = new AbortController();
    const leave = runtime.presence.arrive(userId);
    ws.once("close", () => {
      closed.abort();
      leave();
      const rest = (socketsOf.get(userId) ?? 1) - 1;
      if (rest > 0) socketsOf.set(userId, rest);
      else socketsOf.delete(userId);
    });
    const onEnd = (reason: unknown) => {
      if (reason instanceof AppError) hangUp(closeCodes.signInFirst, "SESSION_ENDED");
      else hangUp(closeCodes.tryLater, "UNAVAILABLE");
    };
    const stop = await watchRights(signed, closed.signal, { onEnd }).catch(onEnd);
    if (closed.signal.aborted) stop?.();
    else if (stop) ws.once("close", stop);
  };

  return {
    awaitSignIn: ({ ws, hangUp }) => {
      const deadline = setTimeout(() => {
        if (!signedIn.has(ws)) hangUp(closeCodes.signInFirst, "NOT_SIGNED_IN");
      }, signInMs);
      ws.once("close", () => clearTimeout(deadline));
    },

    admit: async (visit, token) => {
      const { request, hangUp } = visit;
      const info = requestInfo(request, policy);
      if (token !== undefined) info.authorization = `Bearer ${token}`;
      const context = await createContext(runtime, info);
      const { identity } = context;
      if (identity.state === "unknown") hangUp(closeCodes.tryLater, "UNAVAILABLE");
      if (identity.state === "signed-in") await attend(visit, { runtime, ...identity });
      return context;
    },
  };
};

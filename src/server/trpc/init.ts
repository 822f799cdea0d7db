import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, type z } from "zod";
import { isUnavailable } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { callSeconds, callsRefused } from "~/server/infra/metrics";
import { withSpan } from "~/server/infra/traces";
import { Live } from "~/server/realtime/live";
import { AppError, type ErrorReason, errorCodes } from "~/shared/errors";
import type { User } from "~/shared/users";
import type { Context } from "./context";
import { transformer } from "./transformer";

/** What an error carries besides tRPC's own code: a reason from the closed union, and what a client can do with it. */
interface ErrorDetails {
  reason: ErrorReason | null;
  /** Which fields are at fault, and the catalogue keys of what is wrong with them. */
  fields?: Record<string, string[]>;
  /** Whole seconds until the next try can succeed. */
  retryAfterSeconds?: number;
}

/** What a client is told of an error, besides its code. */
export const detailsOf = ({ code, cause }: TRPCError): ErrorDetails => {
  if (cause instanceof AppError) {
    const { reason, fields, retryAfterSeconds } = cause;
    return { reason, ...(fields && { fields }), ...(retryAfterSeconds && { retryAfterSeconds }) };
  }
  if (code === "BAD_REQUEST" && cause instanceof ZodError) {
    const fields: Record<string, string[]> = {};
    for (const issue of cause.issues) {
      const path = issue.path.join(".") || "input";
      fields[path] = [...(fields[path] ?? []), issue.message];
    }
    return { reason: "INVALID_INPUT", fields };
  }
  return { reason: null };
};

const t = initTRPC.context<Context>().create({
  transformer,
  isDev: false, // never a stack in an answer, not even in development: the log has it
  sse: { enabled: false }, // streams go through the WebSocket, which counts them and waits for who reads slowly
  errorFormatter: ({ shape, error, ctx }) => {
    const details = detailsOf(error);
    // The reason is the whole message: text of inner errors may hold SQL, paths or input.
    const data = { ...shape.data, ...details, ...(ctx && { requestId: ctx.requestId }) };
    return { ...shape, message: details.reason ?? shape.data.code, data };
  },
});

/** What was asked, for the log. Neither holds what people typed. */
export interface Asked {
  log: Log;
  /** The procedure, or the kind of path. */
  path: string;
  requestId: string;
}

/** The error that leaves the server in place of `error`; what nobody foresaw is logged on its way. */
export const toTrpcError = (error: unknown, { log, ...asked }: Asked): TRPCError => {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError) return new TRPCError({ code: errorCodes[cause.reason], cause });
  if (isUnavailable(cause)) {
    return new TRPCError({ code: errorCodes.UNAVAILABLE, cause: new AppError("UNAVAILABLE", { cause }) });
  }
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") return error;
  log.error({ ...asked, err: cause ?? error }, "unexpected error");
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });
};

/** The error edge: the one place where a reason becomes a code. */
const errorEdge = t.middleware(({ ctx, path, next }) =>
  withSpan(path, { attributes: { "charla.request_id": ctx.requestId } }, async () => {
    const asked = { log: ctx.runtime.log, path, requestId: ctx.requestId };
    const called = callSeconds.startTimer({ procedure: path });
    const result = await next();
    called();
    if (!result.ok) {
      const error = toTrpcError(result.error, asked);
      callsRefused.inc({ procedure: path, reason: detailsOf(error).reason ?? error.code });
      throw error;
    }
    if (!(result.data instanceof Live)) return result;
    return { ...result, data: result.data.failingWith((error) => toTrpcError(error, asked)) };
  }),
);

/**
 * A schema that is parsed at once. tRPC asks for a promise, for which zod leaves the parsers that it compiles aside: three
 * times the time for a page of messages.
 */
export const atOnce = <S extends z.ZodType>(schema: S) => {
  const parser = { parse: (value: unknown) => schema.parse(value) };
  return parser as Pick<S, "_input" | "_output"> & typeof parser;
};

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anybody, signed in or not. */
export const publicProcedure = t.procedure.use(errorEdge);

/** @throws AppError what was wrong with the token that was brought; `NOT_SIGNED_IN` without one; `UNAVAILABLE` */
export const requireSignedIn = ({ identity }: Context): { user: User; sessionId: string } => {
  if (identity.state === "unknown") throw new AppError("UNAVAILABLE", { cause: identity.cause });
  if (identity.state === "signed-out") throw new AppError(identity.refusal ?? "NOT_SIGNED_IN");
  return identity;
};

/** For people who are signed in: `ctx.user` and `ctx.sessionId` are theirs. */
export const protectedProcedure = publicProcedure.use(({ ctx, next }) => {
  const { user, sessionId } = requireSignedIn(ctx);
  return next({ ctx: { user, sessionId } });
});

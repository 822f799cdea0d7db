import { STATUS_CODES } from "node:http";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import { detailsOf } from "~/server/trpc/init";
import { type ErrorReason, errorCodes } from "~/shared/errors";

/** What REST answers in place of what was asked for: problem details, RFC 9457. */
export const problemSchema = z.object({
  status: z.int(),
  /** The status in words. */
  title: z.string(),
  /** What programs switch on: a reason of ours, or the protocol's own. */
  code: z.string(),
  /** Which fields are at fault, and what is wrong with them. */
  fields: z.record(z.string(), z.array(z.string())).optional(),
  /** Names the request in the log of who runs the chat; also in the header X-Request-Id. */
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** tRPC has one code for all bad input; REST tells what cannot be read from what can be read and is wrong. */
const statusOf = (error: TRPCError): number => {
  if (error.code === "BAD_REQUEST") return 422;
  if (error.code === "PRECONDITION_FAILED") return 409;
  return getHTTPStatusCodeFromError(error);
};

/** The status that this reason is answered with. */
export const statusOfReason = (reason: ErrorReason): number =>
  statusOf(new TRPCError({ code: errorCodes[reason] }));

/** The answer to an error of a procedure, and the headers that go with it. */
export const toProblem = (
  error: TRPCError,
  requestId: string,
): { problem: Problem; headers: Record<string, string> } => {
  const { reason, fields, retryAfterSeconds } = detailsOf(error);
  const status = statusOf(error);
  const code = reason ?? error.code;
  const problem = { status, title: STATUS_CODES[status] ?? "", code, ...(fields && { fields }), requestId };
  return {
    problem,
    headers: {
      ...(status === 401 && { "WWW-Authenticate": challenge(code) }),
      ...(retryAfterSeconds && { "Retry-After": String(retryAfterSeconds) }),
    },
  };
};

/** RFC 6750: a token that was brought and is no good is named as such. */
const challenge = (code: string): string => {
  const isTokenAtFault = code.startsWith("TOKEN_") || code === "SESSION_ENDED";
  return `Bearer realm="charla"${isTokenAtFault ? `, error="invalid_token", error_description="${code}"` : ""}`;
};

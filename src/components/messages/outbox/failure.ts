import type { ErrorReason } from "~/shared/errors";
import { asRouterError } from "~/trpc/use-error-text";
import { UploadError } from "../attachments/upload-error";

/** Why a call failed, as far as trying again is concerned. */
export interface Failure {
  /** The server's refusal; null when it gave none, as when it was not reached. */
  readonly reason: ErrorReason | null;
  /** The same call may work later: it was not refused for what it is. */
  readonly temporary: boolean;
  /** When the server said how long to wait, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** Reads a failed call. Everything but a refusal of this very call (the 4xx) is temporary. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof UploadError) return error.failure;
  const data = asRouterError(error)?.data;
  const reason = data?.reason ?? null;
  const status = data?.httpStatus ?? 0;
  return {
    reason,
    temporary: reason === "RATE_LIMITED" || status < 400 || status >= 500,
    retryAfterMs: data?.retryAfterSeconds === undefined ? null : data.retryAfterSeconds * 1000,
  };
};

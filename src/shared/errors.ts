/**
 * Every way a request can be refused: a closed union. Services throw {@link AppError}; `server/trpc/init.ts` is the
 * one place that turns it into tRPC's codes, and the message catalogue has a sentence for each reason.
 */
export const errorCodes = {
  INVALID_INPUT: "BAD_REQUEST",
  NOT_SIGNED_IN: "UNAUTHORIZED",
  BAD_CREDENTIALS: "UNAUTHORIZED",
  TOKEN_EXPIRED: "UNAUTHORIZED",
  TOKEN_INVALID: "UNAUTHORIZED",
  TOKEN_ALGORITHM: "UNAUTHORIZED",
  TOKEN_REUSED: "UNAUTHORIZED",
  SESSION_ENDED: "UNAUTHORIZED",
  WRONG_PASSWORD: "FORBIDDEN",
  PASSWORD_TOO_COMMON: "BAD_REQUEST",
  USERNAME_TAKEN: "CONFLICT",
  USER_NOT_FOUND: "NOT_FOUND",
  SESSION_NOT_FOUND: "NOT_FOUND",
  CONTACT_NOT_FOUND: "NOT_FOUND",
  ROOM_NOT_FOUND: "NOT_FOUND",
  ROOM_CLOSED: "PRECONDITION_FAILED",
  MESSAGE_NOT_FOUND: "NOT_FOUND",
  EDIT_WINDOW_CLOSED: "PRECONDITION_FAILED",
  TOO_MANY_REACTIONS: "PRECONDITION_FAILED",
  MEMBER_NOT_FOUND: "NOT_FOUND",
  NOT_ALLOWED: "FORBIDDEN",
  OWNER_MUST_HAND_OVER: "PRECONDITION_FAILED",
  GROUP_FULL: "PRECONDITION_FAILED",
  INVITE_NOT_FOUND: "NOT_FOUND",
  CANNOT_ADD_YOURSELF: "BAD_REQUEST",
  BLOCKED_BY_YOU: "PRECONDITION_FAILED",
  CLIENT_ID_REUSED: "CONFLICT",
  ATTACHMENT_NOT_FOUND: "NOT_FOUND",
  ATTACHMENT_EMPTY: "UNPROCESSABLE_CONTENT",
  ATTACHMENT_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  ATTACHMENT_QUOTA: "PAYLOAD_TOO_LARGE",
  PICTURE_NOT_FOUND: "NOT_FOUND",
  PICTURE_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  IMAGE_TOO_LARGE: "UNPROCESSABLE_CONTENT",
  IMAGE_UNREADABLE: "UNPROCESSABLE_CONTENT",
  IMAGE_UNSUPPORTED: "UNPROCESSABLE_CONTENT",
  STORAGE_FULL: "SERVICE_UNAVAILABLE",
  NOT_SUBSCRIBED: "PRECONDITION_FAILED",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  FORBIDDEN_ORIGIN: "FORBIDDEN",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
} as const;

export type ErrorReason = keyof typeof errorCodes;

/** A refusal with a reason that programs can switch on. Its message is for the log, never for the user. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly reason: ErrorReason;
  /** With `RATE_LIMITED`: whole seconds until the next try can succeed. */
  readonly retryAfterSeconds: number | undefined;
  /** With `INVALID_INPUT` and its like: which field, and the catalogue key of what is wrong with it. */
  readonly fields: Record<string, string[]> | undefined;

  constructor(
    reason: ErrorReason,
    options: { retryAfterSeconds?: number; fields?: Record<string, string[]>; cause?: unknown } = {},
  ) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields;
  }
}

import type { ErrorReason } from "~/shared/errors";

/** Why a request to one of the doors that are plain HTTP came to nothing; without a status where there was no answer. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number | undefined;
  readonly reason: ErrorReason | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    about: { status?: number; reason?: ErrorReason | undefined; retryAfterSeconds?: number | undefined },
    options?: ErrorOptions,
  ) {
    super(about.reason ?? `status ${about.status}`, options);
    this.status = about.status;
    this.reason = about.reason;
    this.retryAfterSeconds = about.retryAfterSeconds;
  }
}

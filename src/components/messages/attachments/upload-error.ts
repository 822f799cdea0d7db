import type { Failure } from "../outbox/failure";

/** An upload that did not reach its end. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.reason ?? "the upload was cut", { cause });
    this.failure = failure;
  }
}

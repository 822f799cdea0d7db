import { AppError } from "~/shared/errors";

/** What the client adds to an error that the store answered with. */
interface StoreError extends Error {
  $metadata?: { httpStatusCode?: number };
}

/**
 * Throws a store's error in our words: `ATTACHMENT_NOT_FOUND`, `STORAGE_FULL`, `UNAVAILABLE` for what may pass. What its keeper
 * has to mend, as a key that is refused, stays as it is.
 */
export const refuseStore = (cause: unknown): never => {
  if (!(cause instanceof Error) || cause instanceof AppError) throw cause;
  const { name, $metadata }: StoreError = cause;
  if (name === "NoSuchKey" || name === "NotFound") throw new AppError("ATTACHMENT_NOT_FOUND", { cause });
  const status = $metadata?.httpStatusCode;
  if (status === 507 || /quota|storagefull|insufficientstorage/i.test(name)) {
    throw new AppError("STORAGE_FULL", { cause });
  }
  // Without a status the store was not reached, or fell silent.
  const isSilent = status === undefined && ("code" in cause || name === "TimeoutError");
  const isBusy = status === 408 || status === 429 || (status ?? 0) >= 500;
  throw isSilent || isBusy ? new AppError("UNAVAILABLE", { cause }) : cause;
};

/** Whether the same may succeed a moment later. */
export const mayPass = (error: unknown): boolean =>
  error instanceof AppError && error.reason === "UNAVAILABLE";

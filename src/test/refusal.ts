import { type AppError, type ErrorReason, errorCodes } from "~/shared/errors";

/** What a procedure called directly rejects with: `await expect(call).rejects.toMatchObject(refusal("NOT_SIGNED_IN"))`. */
export const refusal = (
  reason: Exclude<ErrorReason, "INVALID_INPUT">,
  details: Partial<Pick<AppError, "fields" | "retryAfterSeconds">> = {},
) => ({ code: errorCodes[reason], cause: { reason, ...details } });

/** The refusal of an input whose first fault is at `path`, with the catalogue key of what is wrong where there is one. */
export const invalidInput = (path: string, message?: string) => ({
  code: errorCodes.INVALID_INPUT,
  cause: { issues: [{ path: path === "" ? [] : path.split("."), ...(message && { message }) }] },
});

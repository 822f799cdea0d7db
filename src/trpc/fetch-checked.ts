import { type ErrorReason, errorCodes } from "~/shared/errors";
import { HttpProblem } from "./http-problem";

const isReason = (code: unknown): code is ErrorReason =>
  typeof code === "string" && Object.hasOwn(errorCodes, code);

/**
 * Asks one of the doors that are plain HTTP.
 *
 * @throws HttpProblem where it refuses or cannot be reached
 */
export const fetchChecked = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch((cause: unknown) => {
    throw new HttpProblem({}, { cause });
  });
  if (response.ok) return response;
  const { code } = (await response.json().catch(() => ({}))) as { code?: unknown };
  const retryAfter = response.headers.get("Retry-After");
  throw new HttpProblem({
    status: response.status,
    reason: isReason(code) ? code : undefined,
    retryAfterSeconds: retryAfter === null ? undefined : Number(retryAfter),
  });
};

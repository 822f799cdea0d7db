import type { IncomingMessage } from "node:http";
import { TRPCError } from "@trpc/server";
import { readText } from "~/server/incoming";
import { type Operation, takesBody } from "./operation";

/** A message of 4,000 characters, however they are escaped, and what is around it. */
export const bodyLimitBytes = 64 * 1024;

/** The fields that a request gives an operation, not yet checked: of its path, and of its query or its body. */
export const readInput = async (
  request: IncomingMessage,
  operation: Operation,
  url: URL,
  params: Record<string, string>,
): Promise<Record<string, unknown>> => {
  const query = Object.fromEntries(url.searchParams);
  const given = takesBody(operation) ? await readBody(request, operation) : readTexts(query, operation);
  return { ...given, ...readTexts(params, operation) };
};

/** In URLs numbers are text: what a field does not take as text is read as a number. */
const readTexts = (texts: Record<string, string>, { input }: Operation): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const isText = Number.isNaN(Number(text)) || input.shape[name]?.safeParse(text).success === true;
      return [name, isText ? text : Number(text)];
    }),
  );

const readBody = async (request: IncomingMessage, operation: Operation): Promise<object> => {
  const mediaType = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  const isForm = mediaType === "application/x-www-form-urlencoded" && operation.takesForm === true;
  if (mediaType !== "application/json" && !isForm) throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE" });
  const text = await readText(request, bodyLimitBytes);
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  const body = parseJson(text);
  if (typeof body !== "object" || body === null) throw new TRPCError({ code: "PARSE_ERROR" });
  return body;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: "PARSE_ERROR", cause });
  }
};

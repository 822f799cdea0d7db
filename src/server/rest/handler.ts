/**
 * REST, for programs in any language. It takes an access token in the Authorization header and no cookie, so that
 * nothing which a browser sends by itself opens it to other sites.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { type DoorPolicy, isOriginAllowed, requestIdOf, requestInfo } from "~/server/incoming";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { requireSignedIn, toTrpcError } from "~/server/trpc/init";
import { createCaller } from "~/server/trpc/root";
import { AppError } from "~/shared/errors";
import { attachmentMaxBytes } from "~/shared/limits";
import { answerCors } from "./cors";
import { answerDocs } from "./docs";
import { findOperation, restPath } from "./find-operation";
import { toProblem } from "./problem";
import { readInput } from "./read-input";

/** Answers everything under `restPath`. */
export const createRestHandler =
  (runtime: Runtime, policy: DoorPolicy) =>
  async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (answerCors(request, response, policy) || answerDocs(request, response, url)) return;
      await answerOperation(runtime, policy, request, response, url);
    } catch (error) {
      answerProblem(runtime, request, response, error, restPath);
    } finally {
      // A body that nobody read would be taken for the next request.
      request.resume();
    }
  };

const answerOperation = async (
  runtime: Runtime,
  policy: DoorPolicy,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const found = findOperation(request.method, url.pathname);
  if ("allowed" in found) {
    if (found.allowed.length === 0) throw new TRPCError({ code: "NOT_FOUND" });
    response.setHeader("Allow", found.allowed.join(", "));
    throw new TRPCError({ code: "METHOD_NOT_SUPPORTED" });
  }
  const { operation, params } = found;
  if (request.method !== "GET" && !isOriginAllowed(request, policy)) throw new AppError("FORBIDDEN_ORIGIN");
  const context = await createContext(runtime, { ...requestInfo(request, policy), cookie: undefined });
  if (!operation.isPublic) requireSignedIn(context);
  const input = await readInput(request, operation, url, params);
  const output = await operation.run(createCaller(context), input);
  if (output === undefined) response.writeHead(operation.status).end();
  else answerJson(response, operation.status, output);
};

/** Answers with what went wrong. `path` is what the log calls the place, as paths themselves may hold what people typed. */
export const answerProblem = (
  { log }: Runtime,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  path: string,
): void => {
  const requestId = requestIdOf(request);
  const refusal = error instanceof TRPCError ? error : toTrpcError(error, { log, path, requestId });
  const { problem, headers } = toProblem(refusal, requestId);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // A body is read to its end, or who still sends it would be cut off before the answer: but not one without an end.
  const announced = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (problem.status === 413 && announced > lingerBytes) response.setHeader("Connection", "close");
  answerJson(response, problem.status, problem, "application/problem+json");
};

/** Twice what the largest file has. */
const lingerBytes = 2 * attachmentMaxBytes;

/** Answers in JSON. */
export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  mediaType = "application/json",
): void => {
  response.writeHead(status, { "Content-Type": mediaType }).end(JSON.stringify(body));
};

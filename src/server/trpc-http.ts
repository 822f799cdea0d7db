import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type AnyTRPCProcedure,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { AppError, errorCodes } from "~/shared/errors";
import { type DoorPolicy, isOriginAllowed, readText, requestInfo } from "./incoming";
import type { Runtime } from "./runtime";
import { type Context, createContext } from "./trpc/context";
import { appRouter } from "./trpc/root";

export const trpcPath = "/api/trpc";

/** What one request may ask. */
const requestLimits = {
  /** A full batch of the longest messages would be more than anybody sends at once. */
  bodyBytes: 256 * 1024,
  /** Calls in one batch: more than any page of ours makes. */
  batch: 30,
};

const { _config: config, procedures } = appRouter._def;
const { serialize } = config.transformer.output;
const { deserialize } = config.transformer.input;
/** By its path, as tRPC keeps them: its types show them in their nouns. */
const procedureAt = new Map(Object.entries(procedures as unknown as Record<string, AnyTRPCProcedure>));

/** Of a batch whose calls were not all answered alike: multi-status. */
const mixedStatus = 207;

interface Answer {
  status: number;
  body: { result: { data: unknown } } | { error: unknown };
}

/** What is asked for in the way in which all our clients ask, and can be called. */
interface Calls {
  type: "query" | "mutation";
  paths: string[];
  isBatch: boolean;
}

/** Serves the procedures at {@link trpcPath}. */
export const createTrpcHandler = (runtime: Runtime, policy: DoorPolicy) => {
  const contextOf = (request: IncomingMessage, response: ServerResponse) =>
    createContext(runtime, requestInfo(request, policy), {
      setCookie: (header) => response.appendHeader("Set-Cookie", header),
    });

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const refused = refusal(request, policy);
    const calls = refused ? null : readCalls(request, url);
    if (calls) {
      answer(response, calls, await callAll(request, url, calls, await contextOf(request, response)));
      return;
    }
    await nodeHTTPRequestHandler({
      req: request,
      res: response,
      router: appRouter,
      path: url.pathname.slice(trpcPath.length + 1),
      maxBodySize: requestLimits.bodyBytes,
      maxBatchSize: requestLimits.batch,
      middleware: (_req, _res, next) => next(refused),
      createContext: () => contextOf(request, response),
      responseMeta: () => ({ headers: new Headers({ "Cache-Control": "no-store" }) }),
    });
  };
};

/** Why a call is not even read: pages of other sites, and the content types that their forms can send. */
const refusal = (request: IncomingMessage, policy: DoorPolicy): TRPCError | undefined => {
  if (request.method === "GET") return undefined;
  if (!isOriginAllowed(request, policy)) {
    return new TRPCError({ code: errorCodes.FORBIDDEN_ORIGIN, cause: new AppError("FORBIDDEN_ORIGIN") });
  }
  const contentType = request.headers["content-type"] ?? "";
  const isJson = /^application\/json *(;|$)/i.test(contentType);
  return isJson ? undefined : new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE" });
};

/**
 * The calls of a request in JSON, to be answered in JSON. Null of all else, streams and mistakes, which is left to tRPC's
 * adapter: it makes a fetch `Request`, a `Response` and two web streams of each, a third of what an answer costs.
 */
const readCalls = ({ method, headers }: IncomingMessage, url: URL): Calls | null => {
  const type = method === "GET" ? "query" : "mutation";
  const isBatch = url.searchParams.get("batch") === "1";
  const path = url.pathname.slice(trpcPath.length + 1);
  const paths = isBatch ? path.split(",") : [path];
  const { accept, "trpc-accept": streams, "content-type": sent = "application/json" } = headers;
  const isPlain =
    (method === "GET" || method === "POST") &&
    sent.startsWith("application/json") &&
    streams === undefined &&
    !accept?.includes("application/jsonl");
  const isCallable =
    paths.length <= requestLimits.batch && paths.every((one) => procedureAt.get(one)?._def.type === type);
  return isPlain && isCallable ? { type, paths, isBatch } : null;
};

/** The inputs of the calls, by their places. */
const readInputs = async (
  request: IncomingMessage,
  url: URL,
  { type, paths, isBatch }: Calls,
): Promise<unknown[]> => {
  const isQuery = type === "query";
  try {
    const text = isQuery ? url.searchParams.get("input") : await readText(request, requestLimits.bodyBytes);
    if (isQuery && !text) return [];
    const given: unknown = JSON.parse(text ?? "");
    const inputs = isBatch ? toPlaces(given) : new Map([["0", given]]);
    return paths.map((_, place) => {
      const input = inputs.get(String(place));
      return input === undefined ? undefined : deserialize(input);
    });
  } catch (cause) {
    if (cause instanceof TRPCError) throw cause;
    throw new TRPCError({ code: "BAD_REQUEST", message: "unreadable input", cause });
  }
};

const toPlaces = (given: unknown): Map<string, unknown> => {
  if (typeof given === "object" && given !== null && !Array.isArray(given))
    return new Map(Object.entries(given));
  throw new Error("the input of a batch is an object of inputs");
};

/** Calls them, all at once. The inputs are read when the first procedure asks for one, after it has seen who calls. */
const callAll = (request: IncomingMessage, url: URL, calls: Calls, ctx: Context): Promise<Answer[]> => {
  const { type, paths } = calls;
  let inputs: Promise<unknown[]> | undefined;
  return Promise.all(
    paths.map(async (path, place) => {
      const getRawInput = async () => {
        inputs ??= readInputs(request, url, calls);
        return (await inputs)[place];
      };
      const call = { router: appRouter, path, type, ctx, getRawInput, signal: undefined, batchIndex: place };
      try {
        const data: unknown = await callTRPCProcedure(call);
        return { status: 200, body: { result: { data: serialize(data) } } };
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause);
        const shape = getTRPCErrorShape({ config, error, type, path, input: undefined, ctx });
        return { status: shape.data.httpStatus, body: { error: serialize(shape) } };
      }
    }),
  );
};

const answer = (response: ServerResponse, { isBatch }: Calls, answers: Answer[]): void => {
  const [first, ...others] = answers.map(({ status }) => status);
  response.statusCode = others.every((status) => status === first) ? (first ?? 200) : mixedStatus;
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Vary", "trpc-accept, accept");
  const bodies = answers.map(({ body }) => body);
  response.end(JSON.stringify(isBatch ? bodies : bodies[0]));
};

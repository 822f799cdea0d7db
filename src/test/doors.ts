import {
  createTRPCUntypedClient,
  createWSClient,
  httpBatchLink,
  httpLink,
  TRPCClientError,
  wsLink,
} from "@trpc/client";
import { type AnyTRPCProcedure, callTRPCProcedure, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { WebSocket } from "ws";
import { pathFields } from "~/server/rest/operation";
import { operations } from "~/server/rest/operations";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { appRouter } from "~/server/trpc/root";
import { AppError } from "~/shared/errors";
import { askRest } from "./rest";
import type { Actor } from "./scene";

/** What comes of a call: "ok", or the code of the refusal. */
export type Outcome = string;

/** A way to call a procedure. `actor` undefined: somebody who is signed out. */
export type Door = (call: { path: string; input: unknown; actor: Actor | undefined }) => Promise<Outcome>;

type Kind = AnyTRPCProcedure["_def"]["type"];

const kinds = new Map<string, Kind>(
  Object.entries<unknown>(appRouter._def.procedures).map(([path, procedure]) => [
    path,
    (procedure as AnyTRPCProcedure)._def.type,
  ]),
);

/** Every procedure's path, read off the router itself. */
export const procedurePaths = [...kinds.keys()];

export const kindOf = (path: string): Kind => kinds.get(path) ?? "query";

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** Called in this process. Of a stream the first event is waited for. */
export const directly =
  (node: Runtime): Door =>
  async ({ path, input, actor }) => {
    const request = { ip: "192.0.2.1", userAgent: null, cookie: actor?.cookie, authorization: undefined };
    const ctx = await createContext(node, request);
    try {
      const type = kindOf(path);
      const getRawInput = async () => input;
      const result = await callTRPCProcedure({
        router: appRouter,
        path,
        type,
        ctx,
        getRawInput,
        signal: undefined,
        batchIndex: 0,
      });
      if (isStream(result)) for await (const _ of result) break;
      return "ok";
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      if (error.cause instanceof AppError) return error.cause.reason;
      return error.code === "BAD_REQUEST" ? "INVALID_INPUT" : error.code;
    }
  };

const toOutcome = (error: unknown): Outcome => {
  if (!(error instanceof TRPCClientError)) throw error;
  return error.data?.reason ?? error.data?.code ?? error.message;
};

/** Over HTTP, by the cookie that browsers send. */
export const overHttp =
  (origin: string): Door =>
  async ({ path, input, actor }) => {
    const headers = actor ? { cookie: actor.cookie } : {};
    const link = httpLink({ url: `${origin}/api/trpc`, transformer: superjson, headers });
    const client = createTRPCUntypedClient({ links: [link] });
    const call = kindOf(path) === "query" ? client.query(path, input) : client.mutation(path, input);
    return call.then(() => "ok", toOutcome);
  };

/** Over HTTP, in one batch with a call of something else that the same person may do. */
export const inBatch =
  (origin: string): Door =>
  async ({ path, input, actor }) => {
    const headers = actor ? { cookie: actor.cookie } : {};
    const link = httpBatchLink({ url: `${origin}/api/trpc`, transformer: superjson, headers });
    const client = createTRPCUntypedClient({ links: [link] });
    const isQuery = kindOf(path) === "query";
    const beside = isQuery ? client.query("auth.me") : client.mutation("notifications.unsubscribe");
    const call = isQuery ? client.query(path, input) : client.mutation(path, input);
    const [outcome] = await Promise.all([call.then(() => "ok", toOutcome), beside.catch(toOutcome)]);
    return outcome;
  };

/** An answer to the letter, but for what is different in each: the request's name. */
export interface Answer {
  status: number;
  body: unknown;
}

const withoutName = (text: string): unknown =>
  JSON.parse(text, (key, value) => (key === "requestId" ? undefined : value));

/** The whole answer over HTTP. */
export const answerOverHttp =
  (origin: string) =>
  async ({ path, input, actor }: Parameters<Door>[0]): Promise<Answer> => {
    const json = JSON.stringify({ json: input });
    const isQuery = kindOf(path) === "query";
    const url = `${origin}/api/trpc/${path}${isQuery ? `?input=${encodeURIComponent(json)}` : ""}`;
    const headers = { "content-type": "application/json", ...(actor && { cookie: actor.cookie }) };
    const response = await fetch(url, { headers, ...(!isQuery && { method: "POST", body: json }) });
    return { status: response.status, body: withoutName(await response.text()) };
  };

/** Over the WebSocket, by an access token. */
export const overSocket =
  (origin: string): Door =>
  async ({ path, input, actor }) => {
    const client = createWSClient({
      url: `${origin.replace(/^http/, "ws")}/api/ws`,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      ...(actor && { connectionParams: { token: actor.token } }),
    });
    const api = createTRPCUntypedClient({ links: [wsLink({ client, transformer: superjson })] });
    try {
      if (kindOf(path) !== "subscription") {
        const call = kindOf(path) === "query" ? api.query(path, input) : api.mutation(path, input);
        return await call.then(() => "ok", toOutcome);
      }
      return await new Promise<Outcome>((resolve) => {
        api.subscription(path, input, {
          onData: () => resolve("ok"),
          onError: (error) => resolve(toOutcome(error)),
        });
      });
    } finally {
      await client.close();
    }
  };

/** The whole answer over REST, by an access token. The fields of the procedure's input stand where the operation has them. */
export const answerOverRest =
  (origin: string, operationId: string) =>
  async ({ input, actor }: Omit<Parameters<Door>[0], "path">): Promise<Answer> => {
    const operation = operations.find(({ id }) => id === operationId);
    if (!operation) throw new Error(`REST has no ${operationId}`);
    const { method, path } = operation;
    const inPath = pathFields(operation);
    const fields = Object.entries({ ...(input as object) });
    const rest = Object.fromEntries(fields.filter(([name]) => !inPath.includes(name)));
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      String(fields.find(([field]) => field === name)?.[1]),
    );
    const isQuery = method === "get" || method === "delete";
    const query =
      isQuery && Object.keys(rest).length > 0
        ? `?${new URLSearchParams(rest as Record<string, string>)}`
        : "";
    const { status, body } = await askRest(origin, filled + query, {
      method: method.toUpperCase(),
      ...(actor && { token: actor.token }),
      ...(!isQuery && { body: rest }),
    });
    return { status, body: withoutName(JSON.stringify(body ?? null)) };
  };

/** Over REST, as {@link answerOverRest}. */
export const overRest = (origin: string, operationId: string): Door => {
  const ask = answerOverRest(origin, operationId);
  return async (call) => {
    const { status, body } = await ask(call);
    return status < 300 ? "ok" : (body as { code: string }).code;
  };
};

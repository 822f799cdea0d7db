import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from "@trpc/server";
import { parseTRPCMessage } from "@trpc/server/rpc";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import { closeCodes, type Visit } from "./admission";
import { Live } from "./realtime/live";
import { type Outlet, outletOf } from "./realtime/outlet";
import { textFrame } from "./realtime/text-frame";
import type { Context } from "./trpc/context";
import { realtimeRouter } from "./trpc/root";
import { type Answer, answerFrame, framesOf, headOf, type Named } from "./trpc-frames";
import { CallBudget, callLimits } from "./ws-calls";

const { _config: config } = realtimeRouter._def;

const pong = textFrame("PONG");

type Call = ReturnType<typeof parseTRPCMessage>;
type Request = Exclude<Call, { method: "subscription.stop" }>;

/** The first frame of a client that announced one in its URL: who it is. */
const connectionParams = z.object({ data: z.object({ token: z.string().optional() }).nullish() });

interface Options {
  visit: Visit;
  /** Whether the first frame says who it is. */
  isIntroduced: boolean;
  admit: (visit: Visit, token: string | undefined) => Promise<Context>;
}

/** In a scope of its own: what it closes over lives no longer than it. */
const entrance =
  ({ visit, admit }: Options, setContext: (context: Promise<Context>) => void) =>
  (token: string | undefined): void =>
    setContext(admit(visit, token));

/**
 * One connection of tRPC's WebSocket protocol (trpc.io/docs/server/websockets). Ours instead of tRPC's adapter for what
 * that one leaves out: it counts what a client asks for, hears a stop that comes before its start, stops listening to
 * who does not read, needs no timer, and hands the streams' events on as bytes that all readers share.
 */
export class TrpcSocket {
  readonly #ws: WebSocket;
  readonly #outlet: Outlet;
  readonly #budget = new CallBudget();
  /** By the id of the call: what ends the stream. From the asking on, so that no stop is missed. */
  readonly #streams = new Map<Named["id"], AbortController>();
  readonly #underWay = new Set<Promise<void>>();
  #context: Promise<Context> | null = null;
  /** Makes the context; null once it has, as it holds on to the whole handshake. */
  #enter: ((token: string | undefined) => void) | null;
  /** The context, once it is there. */
  #admitted: Context | undefined;

  constructor(options: Options) {
    const { ws, request } = options.visit;
    this.#ws = ws;
    this.#outlet = outletOf(ws, request.socket);
    this.#enter = entrance(options, (context) => this.#setContext(context));
    if (!options.isIntroduced) this.#enter(undefined);
    ws.on("message", (data, isBinary) => this.#hear(data, isBinary));
    ws.on("error", () => {}); // a close follows
    ws.once("close", () => {
      for (const stream of this.#streams.values()) stream.abort();
    });
  }

  #hear(data: RawData, isBinary: boolean): void {
    const text = isBinary ? "" : String(data);
    if (text === "PONG") return;
    if (text === "PING") this.#outlet.write(pong);
    else if (this.#enter) this.#introduce(this.#enter, text);
    else for (const call of this.#read(text)) void this.#handle(call);
    if (this.#outlet.isFull()) void this.#waitForReader();
  }

  #introduce(enter: (token: string | undefined) => void, text: string): void {
    try {
      enter(connectionParams.parse(JSON.parse(text)).data?.token);
    } catch (cause) {
      this.#fail(null, new TRPCError({ code: "PARSE_ERROR", cause }));
      this.#ws.close();
    }
  }

  #setContext(context: Promise<Context>): void {
    this.#context = context;
    this.#enter = null;
    context.catch(() => {});
  }

  /** The calls of a frame; none where they cannot be read or are too many. */
  #read(text: string): Call[] {
    try {
      const frame: unknown = JSON.parse(text);
      const calls = Array.isArray(frame) ? frame : [frame];
      if (calls.length > callLimits.perFrame || !this.#budget.pay(calls.length)) return this.#refuse();
      return calls.map((call) => parseTRPCMessage(call, config.transformer));
    } catch (cause) {
      this.#fail(null, new TRPCError({ code: "PARSE_ERROR", cause }));
      return [];
    }
  }

  #refuse(): [] {
    this.#ws.close(closeCodes.tooMany, "RATE_LIMITED");
    return [];
  }

  async #handle(call: Call): Promise<void> {
    if (call.id === null || call.id === undefined) {
      return this.#fail(null, new TRPCError({ code: "PARSE_ERROR", message: "`id` is required" }));
    }
    const named: Named = { id: call.id, jsonrpc: call.jsonrpc };
    if (call.method === "subscription.stop") this.#streams.get(named.id)?.abort();
    else if (call.method === "subscription") await this.#stream(named, call);
    else {
      const answer = this.#answer(named, call);
      this.#underWay.add(answer);
      await answer;
      this.#underWay.delete(answer);
    }
  }

  /** Resolves when every query and mutation that is under way has been answered; undefined if none is. */
  answered(): Promise<unknown> | undefined {
    return this.#underWay.size > 0 ? Promise.all(this.#underWay) : undefined;
  }

  async #answer(named: Named, request: Request): Promise<void> {
    try {
      this.#say(named, { result: { type: "data", data: await this.#call(request) } });
    } catch (error) {
      this.#fail(named, error, request);
    }
  }

  async #stream(named: Named, request: Request): Promise<void> {
    if (this.#streams.has(named.id)) {
      const message = `Duplicate id ${named.id}`;
      return this.#fail(named, new TRPCError({ code: "BAD_REQUEST", message }), request);
    }
    if (this.#streams.size >= callLimits.subscriptions) return void this.#refuse();
    const stream = new AbortController();
    this.#streams.set(named.id, stream);
    let hasStarted = false;
    try {
      const live = await this.#call(request, stream.signal);
      if (!(live instanceof Live)) throw new Error(`${request.params.path} resolved to no Live stream`);
      this.#say(named, { result: { type: "started" } });
      hasStarted = true;
      const { write, isFull, drained } = this.#outlet;
      const head = headOf(named);
      const take = (events: readonly unknown[]) => write(framesOf(events, head));
      if (!stream.signal.aborted) await live.run({ take, isFull, drained }, stream.signal);
    } catch (error) {
      this.#fail(named, error, request);
    }
    this.#streams.delete(named.id);
    if (hasStarted) this.#say(named, { result: { type: "stopped" } });
  }

  async #call(
    { method, params: { path, input, lastEventId } }: Request,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const ctx = (await this.#context) ?? undefined;
    this.#admitted = ctx;
    const resumed = lastEventId === undefined ? input : { ...(input as object | undefined), lastEventId };
    const getRawInput = async () => resumed;
    return callTRPCProcedure({
      router: realtimeRouter,
      path,
      getRawInput,
      ctx,
      type: method,
      signal,
      batchIndex: 0,
    });
  }

  #say(named: Named | null, answer: Answer): void {
    this.#outlet.write(answerFrame(named, answer));
  }

  #fail(named: Named | null, cause: unknown, request?: Request): void {
    const error = getTRPCErrorFromUnknown(cause);
    const { path, input } = request?.params ?? {};
    const type = request?.method ?? "unknown";
    this.#say(named, { error: getTRPCErrorShape({ config, error, type, path, input, ctx: this.#admitted }) });
  }

  /** Who does not take the answers to what they ask is not heard further. */
  async #waitForReader(): Promise<void> {
    if (this.#ws.isPaused) return;
    this.#ws.pause();
    await this.#outlet.drained();
    this.#ws.resume();
  }
}

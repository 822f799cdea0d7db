/**
 * Traces, by OpenTelemetry. Where none are configured the SDK is not loaded and nothing is measured. Spans say which
 * procedure and which statement, never with what: no input, no parameter, no error's text.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  context,
  propagation,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type pg from "pg";

/** A receiver has this long to take what it is sent, tries and all. */
const exportMs = 2_000;

let tracer: Tracer | undefined;

/**
 * Sends this process's spans to the OTLP receiver at `endpoint`, by HTTP; without one does nothing. Resolves to what sends
 * the last ones and stops. The SDK heeds the variables that OpenTelemetry defines for samplers and batches.
 */
export const openTraces = async (
  endpoint: string | undefined,
  serviceName: string,
): Promise<() => Promise<void>> => {
  if (!endpoint) return async () => {};
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
    ]);
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportMs });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  tracer = trace.getTracer("charla");
  return async () => {
    tracer = undefined;
    // Whoever stops us does not wait for a receiver that is not there.
    await provider.shutdown().catch(() => {});
    trace.disable();
    context.disable();
    propagation.disable();
  };
};

const fail = (span: Span, error: unknown): void => {
  const type = error instanceof Error ? error.name : "unknown";
  span.setAttribute("error.type", type).setStatus({ code: SpanStatusCode.ERROR });
};

/** Does `work` within a span of that name. */
export const withSpan = <T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> => {
  if (!tracer) return work();
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
};

/** The span under way here, for who does something on behalf of several. */
export const spanHere = (): SpanContext | undefined =>
  tracer === undefined ? undefined : trace.getActiveSpan()?.spanContext();

/** Does `work` within a span that ends with the answer, and is part of the trace that the request names, if it names one. */
export const withRequestSpan = (
  request: IncomingMessage,
  response: ServerResponse,
  { route, requestId }: { route: string; requestId: string },
  work: () => void,
): void => {
  if (!tracer) {
    work();
    return;
  }
  const { method = "GET" } = request;
  const attributes = { "http.request.method": method, "http.route": route, "charla.request_id": requestId };
  const parent = propagation.extract(context.active(), request.headers);
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  response.once("close", () => {
    span.setAttribute("http.response.status_code", response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(parent, span), work);
};

type Query = (...args: unknown[]) => unknown;
type Done = (error: Error | undefined, result: unknown) => void;

const textOf = (statement: unknown): string =>
  typeof statement === "string" ? statement : String((statement as { text?: unknown }).text);

/** Makes spans of the statements of a connection, those that belong to a trace. They hold `$1` where values were. */
export const traceQueries = (client: pg.ClientBase): void => {
  const query = client.query.bind(client) as Query;
  const traced: Query = (statement, ...args) => {
    if (!tracer || !trace.getActiveSpan()?.isRecording()) return query(statement, ...args);
    const attributes = { "db.system.name": "postgresql", "db.query.text": textOf(statement) };
    const span = tracer.startSpan("sql", { kind: SpanKind.CLIENT, attributes });
    const end = (error?: unknown) => {
      if (error) fail(span, error);
      span.end();
    };
    const done = args.at(-1);
    if (typeof done === "function") {
      const measured: Done = (error, result) => {
        end(error);
        (done as Done)(error, result);
      };
      return query(statement, ...args.slice(0, -1), measured);
    }
    const result = query(statement, ...args) as Promise<unknown>;
    result.then(() => end(), end);
    return result;
  };
  Object.assign(client, { query: traced });
};

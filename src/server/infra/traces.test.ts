import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openServer } from "~/test/server";
import { openTraces, withSpan } from "./traces";

/** What OTLP carries as JSON, as far as these tests look. */
interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links?: { traceId: string; spanId: string }[];
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}
interface OtlpBody {
  resourceSpans: {
    resource: { attributes: OtlpSpan["attributes"] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

/** A receiver of OTLP over HTTP. */
const openReceiver = async () => {
  const bodies: OtlpBody[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    expect([request.method, request.url]).toEqual(["POST", "/v1/traces"]);
    bodies.push(JSON.parse(await text(request)));
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const resources = () => bodies.flatMap(({ resourceSpans }) => resourceSpans);
  return {
    url: `http://127.0.0.1:${port}/`,
    services: () => resources().map(({ resource }) => attributesOf(resource)["service.name"]),
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  };
};

const attributesOf = ({ attributes }: Pick<OtlpSpan, "attributes">): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

it("sends a request's way through the node, from the trace it is part of down to the SQL", async () => {
  const receiver = await openReceiver();
  const close = await openTraces(receiver.url, "charla-test");
  await using node = await testRuntime();
  await using server = await openServer(node);
  const { roomId, first } = await openConversation(node);
  const traceId = randomUUID().replaceAll("-", "");
  const body = `never in a trace: ${randomUUID()}`;
  const ask = (path: string, json: object) =>
    fetch(`${server.origin}/api/trpc/${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        cookie: first.cookie,
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      },
      body: JSON.stringify({ json }),
    });
  const sent = await ask("messages.send", { roomId, clientId: randomUUID(), body });
  await ask("messages.edit", { roomId, seq: 1, body: "" });
  await close();

  expect(new Set(receiver.services())).toEqual(new Set(["charla-test"]));
  const spans = receiver.spans();
  const ours = spans.filter((span) => span.traceId === traceId);
  const named = (name: string) => ours.filter((span) => span.name === name);
  const [request, refused] = named("POST trpc");
  expect(request?.parentSpanId).toBe("00f067aa0ba902b7");
  expect(attributesOf(request as OtlpSpan)).toMatchObject({
    "http.route": "trpc",
    "http.response.status_code": 200,
    "charla.request_id": sent.headers.get("x-request-id"),
  });
  expect(attributesOf(refused as OtlpSpan)).toMatchObject({ "http.response.status_code": 400 });
  const [send] = named("messages.send");
  expect(send?.parentSpanId).toBe(request?.spanId);
  expect(named("sql").map(({ parentSpanId }) => parentSpanId)).toContain(request?.spanId);
  expect(named("messages.edit")[0]?.status.code).toBe(2);

  const commit = spans.find((span) => span.name === "commit" && span.links?.[0]?.spanId === send?.spanId);
  expect(commit?.traceId).not.toBe(traceId);
  const statements = spans.filter(({ parentSpanId }) => parentSpanId === commit?.spanId).map(attributesOf);
  const texts = statements.map((attributes) => attributes["db.query.text"]);
  expect(texts).toContainEqual(expect.stringContaining('INSERT INTO "Message"'));
  expect(JSON.stringify(spans)).not.toContain(body);
  expect(JSON.stringify(spans)).not.toContain(first.cookie.split("=")[1]);
});

it("does the work alone where no receiver is configured", async () => {
  const close = await openTraces(undefined, "charla-test");
  await using node = await testRuntime();
  const { roomId, asFirst } = await openConversation(node);
  expect((await say(asFirst, roomId, "hola")).seq).toBe(1);
  await expect(withSpan("failing", {}, () => Promise.reject(new Error("as it was")))).rejects.toThrow(
    "as it was",
  );
  await close();
});

it("keeps nobody waiting for a receiver that is not there", async () => {
  const close = await openTraces("http://127.0.0.1:9", "charla-test");
  await using node = await testRuntime();
  const { roomId, asFirst } = await openConversation(node);
  expect((await say(asFirst, roomId, "hola")).seq).toBe(1);
  await close();
});

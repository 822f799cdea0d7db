import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import type { Change } from "~/server/realtime/events";
import type { Sink } from "~/server/realtime/live";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { lossyBackplane } from "~/test/lossy-backplane";
import { scrape } from "~/test/metrics";
import { openPlain } from "~/test/plain-client";
import { askRest, logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { listen, openClient } from "~/test/socket";
import { textFile, upload } from "~/test/uploads";
import { type Metrics, openMetrics } from "./metrics-server";
import { socketPath } from "./ws-server";

let node: OwnedRuntime;
let server: TestServer;
let metrics: Metrics;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  metrics = await openMetrics(
    { METRICS_PORT: 0, HOST: "127.0.0.1" },
    { runtime: node, http: server.http, sockets: server.sockets },
  );
});
afterAll(async () => {
  metrics.close();
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

/** By how much each series grew through `work`; those that stayed as they were are left out. */
const growth = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
  const before = await scrape(metrics.port);
  await work();
  const after = await scrape(metrics.port);
  const grown = [...after].map(([series, value]) => [series, value - (before.get(series) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, by]) => by !== 0));
};

describe("the metrics", () => {
  it("count sends, commits and deliveries", async () => {
    const { roomId, asFirst, second } = await openConversation(node);
    await using client = openClient(`${server.origin.replace("http", "ws")}${socketPath}`, second);
    const heard = await listen((handlers) => client.api.messages.onMessage.subscribe({ roomId }, handlers));
    const clientId = crypto.randomUUID();
    const grown = await growth(async () => {
      await Promise.all(Array.from({ length: 5 }, (_, index) => say(asFirst, roomId, `${index}`)));
      for (const body of ["once", "once"]) await asFirst.messages.send({ roomId, clientId, body });
      await vi.waitFor(() => expect(heard.data).toHaveLength(6));
    });
    expect(grown).toMatchObject({
      'charla_sends_total{result="stored"}': 6,
      'charla_sends_total{result="known"}': 1,
      charla_deliveries_total: 6,
      'charla_call_seconds_count{procedure="messages.send"}': 7,
    });
    // One that is known already is found out by the first transaction, and answered by a second one.
    expect([7, 8]).toContain(grown["charla_commit_size_sum"]);
    const commits = grown["charla_commit_size_count"] ?? 0;
    expect(commits).toBeLessThanOrEqual(8);
    expect(grown["charla_commit_seconds_count"]).toBe(commits);
    expect(grown["charla_delivery_seconds_count"]).toBeGreaterThan(0);
    // Nothing, where every one took less than a millisecond.
    expect(grown["charla_delivery_seconds_sum"] ?? 0).toBeLessThan(5);
    expect(grown["charla_db_pool_wait_seconds_count"]).toBeGreaterThan(commits);
  });

  it("count what is refused, and limits that are hit", async () => {
    const { user } = await newcomer(node);
    const guess = async () =>
      (await callerFor(node)).auth
        .signIn({ username: user.username, password: "a wrong guess" })
        .catch(() => {});
    const grown = await growth(() => Promise.all(Array.from({ length: 12 }, guess)));
    expect(grown).toMatchObject({
      'charla_calls_refused_total{procedure="auth.signIn",reason="BAD_CREDENTIALS"}': 10,
      'charla_calls_refused_total{procedure="auth.signIn",reason="RATE_LIMITED"}': 2,
      'charla_limits_hit_total{limit="password-account"}': 2,
    });
  });

  it("count requests by kind of path, not by path", async () => {
    const grown = await growth(async () => {
      for (const path of ["/healthz", "/readyz", "/api/trpc/auth.me", "/api/users/me", "/r/a", "/r/b"]) {
        await (await fetch(server.origin + path)).text();
      }
    });
    expect(grown).toMatchObject({
      'charla_http_request_seconds_count{route="healthz",status="200"}': 1,
      'charla_http_request_seconds_count{route="readyz",status="200"}': 1,
      'charla_http_request_seconds_count{route="trpc",status="401"}': 1,
      'charla_http_request_seconds_count{route="rest",status="404"}': 1,
      'charla_http_request_seconds_count{route="pages",status="404"}': 2,
    });
  });

  it("count uploads", async () => {
    const { roomId, first: member } = await openConversation(node);
    const file = textFile("notes.txt", "hola");
    const grown = await growth(() => upload({ origin: server.origin, member }, roomId, file));
    expect(grown).toMatchObject({ charla_uploads_total: 1, charla_upload_bytes_total: 4 });
  });

  it("show the sockets that are open, by door, and who they belong to", async () => {
    const { roomId, first, second } = await openConversation(node);
    const { access_token: token } = await logIn(server.origin, first);
    const states = async () => {
      const series = await scrape(metrics.port);
      const trpc = series.get('charla_sockets{door="trpc"}') ?? 0;
      const plain = series.get('charla_sockets{door="plain"}') ?? 0;
      const feeds = series.get("charla_feeds") ?? 0;
      const [people = 0, connections = 0] = ["charla_people", "charla_connections"].map((name) =>
        series.get(name),
      );
      return { trpc, plain, feeds, people, hasConnections: connections >= trpc + plain };
    };
    const before = await states();
    await using plain = openPlain(server.origin, `${roomId}?token=${token}`);
    await plain.hear("ready");
    await using client = openClient(`${server.origin.replace("http", "ws")}${socketPath}`, second);
    await listen((handlers) => client.api.messages.onMessage.subscribe({ roomId }, handlers));
    await vi.waitFor(async () =>
      expect(await states()).toEqual({
        trpc: before.trpc + 1,
        plain: before.plain + 1,
        feeds: before.feeds + 1,
        people: before.people + 2,
        hasConnections: true,
      }),
    );
  });

  it("count gaps that were filled, and what only the reconciler found", async () => {
    const hub = createMemoryHub();
    let isLosing = false;
    const lossy = lossyBackplane(createMemoryBackplane(hub), () => (isLosing ? 0 : 1));
    await using sender = await testRuntime({ backplane: lossy });
    await using receiver = await testRuntime({ backplane: createMemoryBackplane(hub) });
    const { roomId, asFirst } = await openConversation(sender);
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    const revs: number[] = [];
    const sink: Sink<Change> = {
      take: (changes) => revs.push(...changes.map(({ message }) => message.rev)),
      isFull: () => false,
      drained: async () => {},
    };
    const reading = receiver.feeds.follow(roomId, 0, sink, ended.signal);
    await say(asFirst, roomId, "announced");
    await vi.waitFor(() => expect(revs).toEqual([1]));
    const grown = await growth(async () => {
      isLosing = true;
      await say(asFirst, roomId, "found by the reconciler");
      await vi.waitFor(() => expect(revs).toEqual([1, 2]), 5_000);
      await say(asFirst, roomId, "lost");
      isLosing = false;
      await say(asFirst, roomId, "shows the gap");
      await vi.waitFor(() => expect(revs).toEqual([1, 2, 3, 4]), 5_000);
    });
    ended.abort();
    await reading;
    expect(grown["charla_reconciler_findings_total"]).toBeGreaterThanOrEqual(1);
    expect(grown["charla_feed_gaps_filled_total"]).toBeGreaterThanOrEqual(2);
  });

  it("show queues, connections to the database, the backplane, and the process", async () => {
    await askRest(server.origin, "/openapi.json");
    const series = await scrape(metrics.port);
    const names = [
      'charla_queue{queue="sends"}',
      'charla_queue{queue="inboxes"}',
      'charla_queue{queue="passwords"}',
      'charla_queue{queue="db"}',
      'charla_db_connections{state="busy"}',
      "nodejs_eventloop_lag_p99_seconds",
      "process_cpu_seconds_total",
    ];
    for (const name of names) expect(series.get(name), name).toBeGreaterThanOrEqual(0);
    expect(series.get('charla_db_connections{state="idle"}')).toBeGreaterThan(0);
    expect(series.get("charla_backplane_connected")).toBe(1);
    expect(series.get("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  });

  it("are served nowhere else, and nowhere at all unless asked for", async () => {
    const elsewhere = await fetch(`${server.origin}/metrics`);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([404, "not found\n"]);
    expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404);
    const none = await openMetrics(
      { METRICS_PORT: undefined, HOST: undefined },
      { runtime: node, http: server.http, sockets: server.sockets },
    );
    expect(none.port).toBe(0);
  });
});

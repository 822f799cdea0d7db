import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { registry } from "~/server/infra/metrics";
import { testRuntime } from "~/test/runtime";
import { openServer } from "~/test/server";
import { openMetrics } from "./metrics-server";

const folder = "deploy/monitoring";

/** What Prometheus itself adds. */
const addedNames = ["up"];
const addedLabels = ["job", "instance", "le"];

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

const dashboardQueries = (): string[] => {
  const { panels } = JSON.parse(readFileSync(`${folder}/dashboard.json`, "utf8")) as { panels: Panel[] };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
};

const alertQueries = (): string[] => {
  const text = readFileSync(`${folder}/alerts.yml`, "utf8");
  return [...text.matchAll(/^ +expr: (.+)$/gm)].map(([, query = ""]) => query);
};

const functions = /^(sum|rate|min|max|topk|histogram_quantile|by|and)$/;

/** The metrics and the labels that a query names. */
const namesIn = (query: string): { metrics: string[]; labels: string[] } => {
  const matchers = [...query.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = ""]) =>
    [...inner.matchAll(/(\w+) *(?:=~|!~|!=|=)/g)].map((match) => match[1] ?? ""),
  );
  const groupings = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, inner = ""]) => inner.split(/, */));
  const bare = query
    .replace(/by \([^)]*\)/g, "")
    .replace(/\{[^}]*\}/g, "")
    .replace(/\[[^\]]*\]/g, "");
  const metrics = [...bare.matchAll(/[a-z_]\w*/gi)].map(([name]) => name);
  return { metrics: metrics.filter((name) => !functions.test(name)), labels: [...matchers, ...groupings] };
};

/** The names that a scrape has, and the labels that they can have. */
const offered = async (): Promise<{ metrics: Set<string>; labels: Set<string> }> => {
  await using node = await testRuntime();
  await using server = await openServer(node);
  const observed = { runtime: node, http: server.http, sockets: server.sockets };
  const metrics = await openMetrics({ METRICS_PORT: 0, HOST: "127.0.0.1" }, observed);
  const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
  metrics.close();
  const names = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, type]) =>
    (type === "histogram" || type === "summary" ? ["_bucket", "_sum", "_count"] : [""]).map(
      (end) => name + end,
    ),
  );
  // What was not counted yet shows no series, and its labels nowhere but here.
  const labels = registry
    .getMetricsAsArray()
    .flatMap((metric) => ("labelNames" in metric ? metric.labelNames : []));
  const shown = [...text.matchAll(/(\w+)="/g)].map(([, label]) => label);
  return {
    metrics: new Set([...addedNames, ...names]),
    labels: new Set([...addedLabels, ...labels, ...shown].map(String)),
  };
};

it("asks, on the dashboard and in the alerts, for metrics and labels that there are", async () => {
  const there = await offered();
  const queries = [...dashboardQueries(), ...alertQueries()];
  expect(queries.length).toBeGreaterThan(40);
  for (const query of queries) {
    const { metrics, labels } = namesIn(query);
    expect(metrics.length, query).toBeGreaterThan(0);
    for (const name of metrics) expect(there.metrics, query).toContain(name);
    for (const label of labels) expect(there.labels, query).toContain(label);
  }
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "~/server/infra/project-root";
import { check, findings } from "../chaos/checker";
import { Crowd } from "../chaos/crowd";
import { Random } from "../chaos/random";
import { until } from "../chaos/until";
import type { Installation } from "./installation";

/** A line of what was found out, and whether it is as it should be. */
export interface Finding {
  text: string;
  isGood: boolean;
}

const metricOf = async (port: number, series: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line.startsWith(series));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
};

/** The pages come through the proxy, each with its policy, and both kinds of nodes are behind it. */
const tryPages = async ({ url, urls }: Installation): Promise<Finding[]> => {
  const page = await fetch(`${url}/sign-in`);
  const text = await page.text();
  const policy = page.headers.get("content-security-policy") ?? "";
  const nonce = policy.match(/'nonce-([^']+)'/)?.[1] ?? "none";
  const socket = await fetch(urls.ws.replace(/^ws/, "http"));
  return [
    {
      text: `the sign-in page: ${page.status}, its scripts under its nonce`,
      isGood: page.ok && text.includes(nonce),
    },
    { text: `a WebSocket's path, asked without one: ${socket.status}`, isGood: socket.status === 426 },
  ];
};

/** People on every node write to each other while one node after the other is told to stop, and started again. */
const restartUnderLoad = async (it: Installation): Promise<Finding[]> => {
  const crowd = await Crowd.gather(it, new Random(7), { rooms: 4, membersPerRoom: 6, pauseMs: 50 });
  crowd.startWriting();
  await until("everybody has written", () => crowd.members.every(({ count }) => count > 3));
  const served = await Promise.all(
    it.metrics.map((port, index) =>
      metricOf(port, index < it.web.length ? "charla_http_request_seconds_count" : "charla_sockets"),
    ),
  );
  let slowestExit = 0;
  for (const node of [...it.web, ...it.ws]) {
    slowestExit = Math.max(slowestExit, await node.signal("SIGTERM"));
    await node.start();
  }
  await crowd.stopWriting();
  await crowd.converged(15_000);
  const wrong = findings(await check(it.urls.database, crowd));
  const failed = crowd.failures.filter((text) => text.startsWith("http"));
  const delivery = crowd.deliveryMs().at(-1) ?? 0;
  await crowd.leave();
  const crashes = [...it.web, ...it.ws].flatMap(({ crash }) => crash ?? []);
  return [
    { text: `every node served people: ${served.join(", ")}`, isGood: served.every((count) => count > 0) },
    {
      text: `${crowd.acks.length} sends while four nodes restarted, none refused`,
      isGood: crowd.refused.length === 0,
    },
    {
      text: `tries by HTTP that failed: ${failed.length} ${[...new Set(failed)].join("; ")}`,
      isGood: failed.length === 0,
    },
    {
      text: `lost, doubled, out of order: ${wrong.length} ${wrong.slice(0, 3).join("; ")}`,
      isGood: wrong.length === 0,
    },
    {
      text: `slowest screen ${Math.round(delivery)} ms, slowest exit ${Math.round(slowestExit)} ms`,
      isGood: slowestExit < 10_000,
    },
    {
      text: `nodes that ended by themselves: ${crashes.length} ${crashes.join("; ")}`,
      isGood: crashes.length === 0,
    },
  ];
};

/** Prometheus reaches every node, and understands what the dashboard asks. */
const tryMonitoring = async ({ prometheus, metrics }: Installation): Promise<Finding[]> => {
  if (!prometheus) return [];
  const ask = async (query: string) => {
    const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
    return (await answer.json()) as { status: string; data?: { result: { value: [number, string] }[] } };
  };
  const up = async () => Number((await ask('sum(up{job="charla"})')).data?.result[0]?.value[1] ?? 0);
  await until("Prometheus reaches every node", async () => (await up()) === metrics.length, 30_000);
  const dashboard = readFileSync(path.join(projectRoot, "deploy/monitoring/dashboard.json"), "utf8");
  const { panels } = JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] };
  const queries = panels.flatMap(({ targets = [] }) =>
    targets.map(({ expr }) => expr.replaceAll("$__rate_interval", "1m")),
  );
  const answers = await Promise.all(queries.map(ask));
  const refused = queries.filter((_, index) => answers[index]?.status !== "success");
  const shown = answers.filter(({ data }) => (data?.result.length ?? 0) > 0).length;
  return [
    { text: `Prometheus reaches ${metrics.length} nodes`, isGood: true },
    {
      text: `${queries.length} queries of the dashboard, ${shown} of which show something; refused: ${refused.join("; ") || 0}`,
      isGood: refused.length === 0 && shown > queries.length / 2,
    },
  ];
};

/** What an installation has to withstand. */
export const checkInstallation = async (it: Installation): Promise<Finding[]> => [
  ...(await tryPages(it)),
  ...(await restartUnderLoad(it)),
  ...(await tryMonitoring(it)),
];

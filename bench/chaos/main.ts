// npm run chaos: what is tried, and how to read it, stands in docs/reliability.md.
import { parseArgs } from "node:util";
import { tryGuard } from "./guards";
import { Random } from "./random";
import { mechanisms, startRig } from "./rig";
import { isKept, show } from "./scenario";
import { scenarios } from "./scenarios";
import { storm } from "./storm";

const { values } = parseArgs({
  options: {
    /** Under three minutes in all. */
    short: { type: "boolean", default: false },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    minutes: { type: "string", default: "10" },
    /** How many random sequences R17 plays; without it, as many as are quick. */
    sequences: { type: "string" },
    /** Only these, by id, separated by commas: scenarios, "storm", "guards". */
    only: { type: "string" },
  },
});
const seed = Number(values.seed);
const isShort = values.short;
const sequences = values.sequences === undefined ? undefined : Number(values.sequences);
const only = values.only?.split(",");
const isWanted = (id: string): boolean => only?.includes(id) ?? true;
const log = (line: string): void => console.log(`    ${line}`);
const wrong: string[] = [];
const summary: Record<string, number> = { seed };

console.log(
  `Chaos with seed ${seed}: two web nodes, two WebSocket nodes, PostgreSQL, Redis, all on loopback.`,
);
await using rig = await startRig(new Random(seed));

if (isWanted("storm")) {
  const seconds = isShort ? 12 : Number(values.minutes) * 60;
  console.log(`Storm: ${seconds} seconds of faults under load`);
  const report = await storm(rig, new Random(seed), { seconds, log });
  const { verdict, ackMs } = report;
  wrong.push(...report.findings);
  Object.assign(summary, {
    faults: report.faults.length,
    acknowledged: verdict.acknowledged,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    reordered: verdict.reordered.length,
    gaps: verdict.gaps.length,
    repeated: report.failures.length,
    ack_p50_ms: Math.round(ackMs.p50),
    ack_p99_ms: Math.round(ackMs.p99),
    slowest_convergence_ms: Math.round(report.slowestConvergenceMs),
    rss_mb: Math.round(report.rssMb),
  });
}

for (const { id, what, inShort, run } of scenarios) {
  if (!isWanted(id) || (isShort && !inShort)) continue;
  console.log(`${id}: ${what}`);
  const figures = await run({ rig, random: new Random(seed), seed, isShort, sequences });
  for (const figure of figures) log(show(figure));
  wrong.push(...figures.filter((figure) => !isKept(figure)).map((figure) => `${id}: ${show(figure)}`));
}

if (isWanted("guards")) {
  console.log("Guards: each mechanism with a storm that it withstands, and the same storm without it");
  for (const mechanism of mechanisms) wrong.push(...(await tryGuard(mechanism, { rig, seed, log })));
}

wrong.push(...rig.unforeseen().map((line) => `unforeseen: ${line}`));
for (const line of wrong) console.log(`WRONG ${line}`);
const figures = Object.entries(summary).map(([name, value]) => `${name}=${value}`);
console.log(`chaos: ${wrong.length === 0 ? "ok" : "FAILED"} ${figures.join(" ")} wrong=${wrong.length}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

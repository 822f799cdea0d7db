// npm run bench: what is measured, and how to read it, stands in docs/performance.md.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { install, machineOf } from "./installation";
import { addWrong, type Row } from "./scenario";
import { scenarios } from "./scenarios";
import { tableOf } from "./table";

const { values } = parseArgs({
  options: {
    /** Under five minutes in all. */
    quick: { type: "boolean", default: false },
    /** Only these, by id, separated by commas. */
    only: { type: "string" },
    /** How long the delivery at half of the highest load is watched. */
    minutes: { type: "string", default: "1" },
    /** A file to write the table to as well, with what stands above it, when all is done. */
    markdown: { type: "string" },
  },
});
const only = values.only?.split(",");
const command = ["npm run bench --", ...process.argv.slice(2)].join(" ");
const unknown = only?.filter((id) => !scenarios.some((scenario) => scenario.id === id)) ?? [];
if (unknown.length > 0) throw new Error(`There is no ${unknown}; there are ${scenarios.map(({ id }) => id)}`);

const rows: Row[] = [];
const faults: string[] = [];
const secondsSince = (began: number): string => `${Math.round((performance.now() - began) / 1_000)} s`;
const began = performance.now();
await using installation = await install();
for (const { id, what, run } of scenarios) {
  if (only && !only.includes(id)) continue;
  console.log(`${id}: ${what}`);
  const log = (line: string): void => console.log(`    ${line}`);
  const start = performance.now();
  try {
    const found = await run({
      installation,
      isQuick: values.quick,
      minutes: Number(values.minutes),
      log,
    });
    rows.push(...found.rows);
    faults.push(...(found.faults ?? []).map((fault) => `${id}: ${fault}`));
  } catch (error) {
    // The others are measured all the same.
    faults.push(`${id}: ${error instanceof Error ? error.stack : error}`);
  }
  log(`took ${secondsSince(start)}`);
}

const { lost, doubled, reordered, refused } = addWrong(...rows.flatMap(({ wrong }) => wrong ?? []));
if (lost + doubled + reordered + refused > 0) {
  faults.push(`${lost} lost, ${doubled} doubled, ${reordered} out of order, ${refused} refused`);
}
const date = new Date().toISOString().slice(0, 16).replace("T", " ");
const head = `${machineOf(installation)}. ${date} UTC. \`${command}\`, ${secondsSince(began)}.`;
const text = `${head}\n\n${tableOf(rows)}\n`;
console.log(`\n${text}`);
if (values.markdown) writeFileSync(values.markdown, text);
for (const fault of faults) console.log(`WRONG ${fault}`);
console.log(
  `bench: ${faults.length === 0 ? "ok" : "FAILED"} lost=${lost} doubled=${doubled} reordered=${reordered} refused=${refused}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

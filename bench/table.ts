import type { Row } from "./scenario";

/** Three digits that count. */
export const figure = (value: number): string =>
  value.toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: true });

/** Whether it is as good as was set out to be; undefined where nothing was. */
export const isReached = ({ value, baseline, goal }: Row): boolean | undefined => {
  if (!goal) return undefined;
  const [measured, limit] =
    "ratio" in goal ? [value / (baseline ?? Number.NaN), goal.ratio] : [value, goal.value];
  return goal.isAtMost ? measured <= limit : measured >= limit;
};

const withUnit = (value: number, unit: string): string => `${figure(value)} ${unit}`.trim();

const goalOf = ({ goal, unit }: Row): string => {
  if (!goal) return "";
  const sign = goal.isAtMost ? "≤" : "≥";
  return "ratio" in goal ? `${sign} ${goal.ratio}×` : `${sign} ${withUnit(goal.value, unit)}`;
};

const line = (row: Row): string => {
  const { name, value, unit, baseline, latency, wrong, detail = "" } = row;
  const reached = isReached(row);
  const cells = [
    name,
    withUnit(value, unit),
    baseline === undefined ? "" : withUnit(baseline, unit),
    baseline === undefined ? "" : `${(value / baseline).toFixed(2)}×`,
    goalOf(row),
    reached === undefined ? "" : reached ? "yes" : "no",
    latency ? [latency.p50, latency.p95, latency.p99].map(figure).join(" / ") : "",
    wrong ? [wrong.lost, wrong.doubled, wrong.reordered, wrong.refused].join(" / ") : "",
    detail,
  ];
  return `| ${cells.join(" | ")} |`;
};

/** The rows in Markdown, as docs/performance.md has them. */
export const tableOf = (rows: Row[]): string =>
  [
    "| what | measured | baseline | ratio | goal | reached | ms: p50 / p95 / p99 | lost / doubled / reordered / refused | |",
    "| --- | --: | --: | --: | --- | --- | --: | --: | --- |",
    ...rows.map(line),
  ].join("\n");

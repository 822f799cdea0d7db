import { describe, expect, it } from "vitest";
import type { Row } from "./scenario";
import { isReached, tableOf } from "./table";

const row: Row = { name: "sends", value: 1_234.5, unit: "/s" };
const cellsOf = (one: Row): string[] | undefined =>
  tableOf([one])
    .split("\n")
    .at(-1)
    ?.split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("the table", () => {
  it("has the same number of cells in every line", () => {
    const counts = tableOf([row, { ...row, baseline: 2, detail: "slow" }])
      .split("\n")
      .map((line) => line.split("|").length);
    expect(new Set(counts).size).toBe(1);
  });

  it("leaves empty what was not measured", () => {
    expect(cellsOf(row)).toEqual(["sends", "1,230 /s", "", "", "", "", "", "", ""]);
  });

  it("says how a line compares, how long it took and what was wrong", () => {
    const cells = cellsOf({
      ...row,
      baseline: 1_000,
      goal: { ratio: 1, isAtMost: false },
      latency: { p50: 1.234, p95: 20, p99: 30.06, max: 40 },
      wrong: { lost: 1, doubled: 2, reordered: 3, refused: 4 },
      detail: "all reading",
    });
    expect(cells).toEqual([
      ...["sends", "1,230 /s", "1,000 /s", "1.23×", "≥ 1×", "yes"],
      ...["1.23 / 20 / 30.1", "1 / 2 / 3 / 4", "all reading"],
    ]);
  });
});

describe("a goal", () => {
  it("is of the value or of the ratio, and from above or from below", () => {
    expect(isReached(row)).toBeUndefined();
    expect(isReached({ ...row, goal: { value: 1_000, isAtMost: false } })).toBe(true);
    expect(isReached({ ...row, goal: { value: 1_000, isAtMost: true } })).toBe(false);
    expect(isReached({ ...row, baseline: 2_000, goal: { ratio: 1, isAtMost: true } })).toBe(true);
    expect(isReached({ ...row, baseline: 2_000, goal: { ratio: 1, isAtMost: false } })).toBe(false);
  });

  it("is not reached where what it is compared with was not measured", () => {
    expect(isReached({ ...row, goal: { ratio: 1, isAtMost: true } })).toBe(false);
  });
});

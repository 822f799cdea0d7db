import { describe, expect, it } from "vitest";
import { fitLine, growthExponent, percentiles } from "./statistics";

describe("percentiles", () => {
  it("are values that were measured, whatever their order", () => {
    const values = Array.from({ length: 1_000 }, (_, index) => (index * 7) % 1_000);
    expect(percentiles(values)).toEqual({ p50: 500, p95: 950, p99: 990, max: 999 });
  });

  it("are all the same of one value, and 0 of none", () => {
    expect(percentiles([3])).toEqual({ p50: 3, p95: 3, p99: 3, max: 3 });
    expect(percentiles([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it("sort numbers as numbers", () => {
    expect(percentiles([10, 9, 100]).max).toBe(100);
  });
});

describe("the line through points", () => {
  it("is the one they lie on", () => {
    const points = [1, 2, 10].map((x) => ({ x, y: 3 + 2 * x }));
    expect(fitLine(points).slope).toBeCloseTo(2);
    expect(fitLine(points).intercept).toBeCloseTo(3);
  });

  it("runs between those that lie on none", () => {
    const { slope, intercept } = fitLine([
      { x: 0, y: 0 },
      { x: 0, y: 2 },
      { x: 2, y: 1 },
      { x: 2, y: 3 },
    ]);
    expect(slope).toBeCloseTo(0.5);
    expect(intercept).toBeCloseTo(1);
  });

  it("has no slope where there is one point", () => {
    expect(fitLine([{ x: 1, y: 1 }]).slope).toBeNaN();
  });
});

describe("the exponent of growth", () => {
  it.each([0, 0.5, 1, 2])("finds x to the %f", (exponent) => {
    const points = [100, 300, 1_000].map((x) => ({ x, y: 7 * x ** exponent }));
    expect(growthExponent(points)).toBeCloseTo(exponent);
  });
});

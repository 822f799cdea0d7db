/** In the unit of what was measured. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Of no values, all are 0. */
export const percentiles = (values: number[]): Percentiles => {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
};

export interface Point {
  x: number;
  y: number;
}

/** The straight line that is nearest to these points, by least squares. Of fewer than two places on x it has no slope: NaN. */
export const fitLine = (points: readonly Point[]): { slope: number; intercept: number } => {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const slope = mean(({ x, y }) => (x - meanX) * (y - meanY)) / mean(({ x }) => (x - meanX) ** 2);
  return { slope, intercept: meanY - slope * meanX };
};

/** How y grows with x: the k of y ~ x^k. 0 is not at all, 1 in proportion, 2 with the square. All must be above 0. */
export const growthExponent = (points: readonly Point[]): number =>
  fitLine(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))).slope;

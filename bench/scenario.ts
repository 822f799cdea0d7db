import type { Installation } from "./installation";
import type { Percentiles } from "./statistics";

/** Deliveries, or other answers, that were not as they have to be. */
export interface Wrong {
  lost: number;
  doubled: number;
  reordered: number;
  /** Answered with an error. */
  refused: number;
}

/** Where nothing is delivered, answers can still be refused. */
export const onlyRefused = (refused: number): Wrong => ({ lost: 0, doubled: 0, reordered: 0, refused });

export const addWrong = (...all: Wrong[]): Wrong =>
  all.reduce(
    (sum, one) => ({
      lost: sum.lost + one.lost,
      doubled: sum.doubled + one.doubled,
      reordered: sum.reordered + one.reordered,
      refused: sum.refused + one.refused,
    }),
    onlyRefused(0),
  );

/** A line of the table. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  /** The same measured of what it is compared with, in the same session. */
  baseline?: number;
  /** What was set out to be reached: of the ratio to the baseline, or of the value. */
  goal?: { ratio: number; isAtMost: boolean } | { value: number; isAtMost: boolean };
  /** Milliseconds, of whatever this line counts. */
  latency?: Percentiles;
  wrong?: Wrong;
  detail?: string;
}

export interface Found {
  rows: Row[];
  /** What must not be, in words, besides what the rows count as wrong. */
  faults?: string[];
}

export interface Scenario {
  id: string;
  what: string;
  run: (options: {
    installation: Installation;
    isQuick: boolean;
    minutes: number;
    log: (line: string) => void;
  }) => Promise<Found>;
}

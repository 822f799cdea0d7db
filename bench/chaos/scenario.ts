import type { Random } from "./random";
import type { Rig } from "./rig";

/** Something measured, and how large it may be. */
export interface Figure {
  what: string;
  value: number;
  limit: number;
  unit?: "ms" | "MB";
}

export interface ScenarioInput {
  rig: Rig;
  random: Random;
  seed: number;
  /** The quick form of it. */
  isShort: boolean;
  /** How many random sequences to play, if it was said. */
  sequences: number | undefined;
}

/** One property of reliability.md's table, tried on the rig. */
export interface Scenario {
  id: string;
  what: string;
  /** Whether the short run has the time for it. */
  inShort: boolean;
  run: (input: ScenarioInput) => Promise<Figure[]>;
}

export const isKept = ({ value, limit }: Figure): boolean => value <= limit;

export const show = (figure: Figure): string => {
  const { what, value, limit, unit } = figure;
  const number = `${Math.round(value).toLocaleString("en")}${unit ? ` ${unit}` : ""}`;
  return `${what}: ${number}${isKept(figure) ? "" : ` — MORE THAN ${limit}`}`;
};

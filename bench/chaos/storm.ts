import { setTimeout as sleep } from "node:timers/promises";
import { check, findings, type Verdict } from "./checker";
import { Crowd, type CrowdOptions } from "./crowd";
import { type FaultName, faultNames, faults } from "./faults";
import type { Random } from "./random";
import type { Rig } from "./rig";

export interface StormOptions {
  seconds: number;
  crowd?: Partial<CrowdOptions>;
  /** Which faults; each comes once before any comes again. */
  only?: FaultName[];
  /** How long the screens have to agree after a fault is over: on a busy machine that takes its time. */
  convergenceMs?: number;
  log?: (line: string) => void;
}

export interface StormReport {
  faults: FaultName[];
  verdict: Verdict;
  /** Everything that was found wrong; empty if all is well. */
  findings: string[];
  /** Tries that failed and were repeated: the door and the reason. */
  failures: string[];
  /** From the end of a fault until every screen showed all that had been acknowledged by then. */
  slowestConvergenceMs: number;
  /** From the first try to the acknowledgement. */
  ackMs: { p50: number; p99: number; max: number };
  /** The most memory that any node took, in MB. */
  rssMb: number;
}

export const quantile = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** @param from leaves out what was acknowledged before, by `performance.now()` */
export const ackTimes = (crowd: Crowd, from = 0): StormReport["ackMs"] => {
  const sorted = crowd.acks
    .filter(({ at }) => at >= from)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) ?? 0 };
};

const usual: CrowdOptions = { rooms: 6, membersPerRoom: 6, pauseMs: 150 };

/** People write while one fault after the other is done to the rig; then everything is compared. */
export const storm = async (rig: Rig, random: Random, options: StormOptions): Promise<StormReport> => {
  const { seconds, only = faultNames, convergenceMs = 45_000, log = () => {} } = options;
  const crowd = await Crowd.gather(rig, random, { ...usual, ...options.crowd });
  const done: FaultName[] = [];
  const wrong: string[] = [];
  let slowestConvergenceMs = 0;
  let rssMb = 0;
  const weigh = setInterval(() => {
    rssMb = Math.max(rssMb, ...rig.nodes.map((node) => node.rss()));
  }, 2_000);
  const began = performance.now();
  const converge = async (after: string): Promise<void> => {
    try {
      const ms = await crowd.converged(convergenceMs);
      slowestConvergenceMs = Math.max(slowestConvergenceMs, ms);
      log(
        `${((performance.now() - began) / 1000).toFixed(1)} s  ${after}: all agree after ${ms.toFixed(0)} ms`,
      );
    } catch {
      wrong.push(`lost: after "${after}" the screens did not agree within ${convergenceMs} ms`);
    }
  };

  crowd.startWriting();
  try {
    let bag: FaultName[] = [];
    while (performance.now() - began < seconds * 1000 && wrong.length === 0) {
      if (bag.length === 0) bag = random.shuffled(only);
      const name = bag.pop();
      if (!name) break;
      await sleep(random.between(500, 2_000));
      done.push(name);
      // Every other time people fall silent meanwhile: then no later message reveals one that was lost.
      const isSilent = done.length % 2 === 1;
      const silence = isSilent ? sleep(500).then(() => crowd.stopWriting()) : undefined;
      await Promise.all([faults[name](rig, random), silence]);
      await converge(name);
      if (isSilent) crowd.startWriting();
    }
    await crowd.stopWriting();
    await converge("the end");
    const verdict = await check(rig.urls.database, crowd);
    const crashes = rig.nodes.flatMap(({ crash }) => crash ?? []);
    return {
      faults: done,
      verdict,
      findings: [
        ...wrong,
        ...findings(verdict),
        ...crashes,
        ...crowd.refused.map((text) => `refused: ${text}`),
      ],
      failures: [...crowd.failures, ...crowd.members.flatMap(({ device }) => device.givenUp)],
      slowestConvergenceMs,
      ackMs: ackTimes(crowd),
      rssMb,
    };
  } finally {
    clearInterval(weigh);
    await crowd.leave();
  }
};

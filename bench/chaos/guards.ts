import type { FaultName } from "./faults";
import { Random } from "./random";
import { type Mechanism, type Rig, startRig } from "./rig";
import { type StormReport, storm } from "./storm";

interface Trial {
  /** What the mechanism is there for. */
  only: FaultName[];
  pauseMs?: number;
  /** What its absence looks like; empty while it does its work. */
  harm: (report: StormReport) => string[];
}

/** For each mechanism a storm that it withstands, and that does harm without it. */
const trials: Record<Mechanism, Trial> = {
  reconciler: { only: ["lose every event"], harm: ({ findings }) => findings },
  "gap-fill": { only: ["lose a third of the events"], harm: ({ findings }) => findings },
  "client-id": { only: ["drop a fifth of the answers"], harm: ({ verdict }) => verdict.doubled },
  drain: {
    only: ["restart web 1", "restart web 2"],
    pauseMs: 5,
    // By HTTP, as the page sends. tRPC's socket client gives up some calls whenever it moves.
    harm: ({ findings, failures }) => [...findings, ...failures.filter((text) => text.startsWith("http"))],
  },
};

const harmOf = async (mechanism: Mechanism, rig: Rig, seed: number): Promise<string[]> => {
  const { only, harm, pauseMs = 100 } = trials[mechanism];
  const crowd = { rooms: 3, pauseMs };
  return harm(await storm(rig, new Random(seed), { only, crowd, seconds: 4, convergenceMs: 5_000 }));
};

/**
 * Tries one guard: on `rig`, which has its mechanism, and on another without it. Resolves to what is wrong: harm in spite
 * of it, or a storm that did none without it and so proves nothing.
 */
export const tryGuard = async (
  mechanism: Mechanism,
  { rig, seed, log }: { rig: Rig; seed: number; log: (line: string) => void },
): Promise<string[]> => {
  const withIt = await harmOf(mechanism, rig, seed);
  await using crippled = await startRig(new Random(seed), { without: mechanism });
  const without = await harmOf(mechanism, crippled, seed);
  log(`${mechanism}: ${withIt.length} findings with it; without it ${without.length}, as: ${without[0]}`);
  for (const line of withIt) log(`    ${line}`);
  return [
    ...withIt.map((line) => `${mechanism}: ${line}`),
    ...(without.length === 0 ? [`${mechanism}: its absence did not show`] : []),
  ];
};

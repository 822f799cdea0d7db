import type { FanOutJob, FanOutResult } from "../generator/fan-out";
import type { Row, Scenario } from "../scenario";
import { seedGroups } from "../seed";

/** Rooms, readers in each, and sends a second into each: some 30,000 deliveries a second. */
const shapes = [
  { rooms: 1, readers: 1_000, rate: 30 },
  { rooms: 1, readers: 100, rate: 200 },
  { rooms: 10, readers: 50, rate: 60 },
];

/** Microseconds of processor time that the server took a delivery: milliseconds for a thousand. */
const costOf = ({ cpuMs, delivered }: FanOutResult): number => (cpuMs * 1_000) / delivered;

export const fanOut: Scenario = {
  id: "fan-out",
  what: "one message to every reader of its room, against a bare broadcast of the same bytes",
  run: async ({ installation, isQuick, log }) => {
    const rows: Row[] = [];
    for (const { rooms, readers, rate } of shapes) {
      const groups = await seedGroups(installation, rooms, readers);
      const [chat, bare] = [await installation.startChat(), await installation.startBare()];
      const job: Omit<FanOutJob, "kind" | "url" | "serverPid" | "rooms"> = {
        task: "fanOut",
        rate,
        warmSeconds: isQuick ? 3 : 10,
        seconds: isQuick ? 4 : 15,
      };
      const ours = await installation.ask<FanOutResult>({
        ...job,
        ...{ kind: "charla", url: chat.ws, serverPid: chat.pid, rooms: groups },
      } as FanOutJob);
      const theirs = await installation.ask<FanOutResult>({
        ...job,
        ...{ kind: "bare", url: bare.ws, serverPid: bare.pid, rooms: groups, frame: ours.frame },
      } as FanOutJob);
      const speedOf = (one: FanOutResult) => `${Math.round(one.delivered / one.seconds)} deliveries/s`;
      log(
        `${rooms}×${readers}: ${speedOf(ours)}, p50 ${ours.latencies.p50.toFixed(1)} ms; bare ${speedOf(theirs)}, p50 ${theirs.latencies.p50.toFixed(1)} ms`,
      );
      rows.push({
        name: `fan-out ${rooms}×${readers}: CPU for 1,000 deliveries`,
        value: costOf(ours),
        unit: "ms",
        baseline: costOf(theirs),
        goal: { ratio: 1.5, isAtMost: true },
        latency: ours.latencies,
        wrong: ours.wrong,
        detail: `${speedOf(ours)}; bare p99 ${theirs.latencies.p99.toFixed(1)} ms`,
      });
    }
    return { rows };
  },
};

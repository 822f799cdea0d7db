import { setTimeout as sleep } from "node:timers/promises";
import { check, findings } from "../checker";
import { Crowd } from "../crowd";
import type { Rig } from "../rig";
import type { Figure, Scenario, ScenarioInput } from "../scenario";
import { ackTimes } from "../storm";
import { until } from "../until";

/** Slower than a delivery by event ever is, faster than one by reconciliation. */
const usualMs = 200;

const absence = async (
  { rig, random, isShort }: ScenarioInput,
  {
    name,
    leave,
    come,
  }: { name: string; leave: (rig: Rig) => Promise<unknown>; come: (rig: Rig) => Promise<unknown> },
): Promise<Figure[]> => {
  const crowd = await Crowd.gather(rig, random, { rooms: 4, membersPerRoom: 6, pauseMs: 200 });
  crowd.startWriting();
  await sleep(isShort ? 2_000 : 10_000);
  const usual = ackTimes(crowd).p99;
  const before = crowd.acks.length;
  const left = performance.now();
  await leave(rig);
  await sleep(isShort ? 8_000 : 60_000);
  const whileAway = crowd.acks.length - before;
  const { p50, p99 } = ackTimes(crowd, left);
  await come(rig);
  const back = performance.now();
  // Back to normal: everything acknowledged within a whole second was shown at once.
  await until(
    "delivery is as fast as before",
    () => {
      const since = performance.now() - 1_000;
      const recent = crowd.acks.filter(({ at }) => at > since && at < performance.now() - usualMs);
      const isQuick = crowd.members.every(({ screen, roomId }) =>
        recent.every(
          ({ message, at }) =>
            message.roomId !== roomId ||
            (screen.shownAt.get(message.id) ?? Number.POSITIVE_INFINITY) - at < usualMs,
        ),
      );
      return since > back && recent.length > 0 && isQuick;
    },
    20_000,
  );
  const normalMs = performance.now() - back;
  await crowd.stopWriting();
  await crowd.converged(10_000);
  const wrong = findings(await check(rig.urls.database, crowd));
  const figures: Figure[] = [
    { what: `${name}: ${whileAway} sends; tries that failed`, value: crowd.failures.length, limit: 0 },
    {
      what: `acknowledgement p50 ${Math.round(p50)} ms, p99 (${Math.round(usual)} ms before)`,
      value: p99,
      // What the machine takes without the fault is not the fault's.
      limit: usual + 300,
      unit: "ms",
    },
    { what: "slowest screen", value: crowd.deliveryMs().at(-1) ?? 0, limit: 3_000, unit: "ms" },
    { what: "back to normal after", value: normalMs, limit: 5_000, unit: "ms" },
    { what: "findings", value: wrong.length, limit: 0 },
  ];
  await crowd.leave();
  return figures;
};

export const noRedis: Scenario = {
  id: "R9",
  what: "Redis killed, and Redis frozen",
  inShort: true,
  run: async (input) => [
    ...(await absence(input, {
      name: "killed",
      leave: ({ redis }) => redis.signal("SIGKILL"),
      come: ({ redis }) => redis.start(),
    })),
    ...(await absence(input, {
      name: "frozen",
      leave: ({ redis }) => redis.signal("SIGSTOP"),
      come: ({ redis }) => redis.signal("SIGCONT"),
    })),
  ],
};

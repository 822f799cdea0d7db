import { setTimeout as sleep } from "node:timers/promises";
import { check, findings } from "../checker";
import { Crowd } from "../crowd";
import type { Scenario } from "../scenario";
import { quantile } from "../storm";

export const lostEvents: Scenario = {
  id: "R7",
  what: "30 % of the events between nodes lost, with no disconnect",
  inShort: true,
  run: async ({ rig, random, isShort }) => {
    const crowd = await Crowd.gather(rig, random, { rooms: 4, membersPerRoom: 6, pauseMs: 400 });
    rig.events.rate = 0.3;
    rig.events.lost = 0;
    crowd.startWriting();
    await sleep(isShort ? 6_000 : 30_000);
    await crowd.stopWriting();
    await crowd.converged(10_000);
    rig.events.rate = 0;
    const times = crowd.deliveryMs();
    const wrong = findings(await check(rig.urls.database, crowd));
    await crowd.leave();
    return [
      {
        what: `${rig.events.lost} events lost; slowest screen`,
        value: times.at(-1) ?? 0,
        limit: 3_000,
        unit: "ms",
      },
      { what: "delivery p99", value: quantile(times, 0.99), limit: 3_000, unit: "ms" },
      { what: "findings", value: wrong.length, limit: 0 },
    ];
  },
};

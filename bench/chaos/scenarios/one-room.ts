import { check, findings } from "../checker";
import { Crowd } from "../crowd";
import type { Scenario } from "../scenario";
import { until } from "../until";

export const oneRoom: Scenario = {
  id: "R4",
  what: "sixteen people write into one room through both nodes, with delays before each commit",
  inShort: false,
  run: async ({ rig, random, isShort }) => {
    const target = isShort ? 1_000 : 50_000;
    const crowd = await Crowd.gather(rig, random, { rooms: 1, membersPerRoom: 16, pauseMs: 0 });
    crowd.startWriting();
    const shake = setInterval(() => {
      rig.toPostgres.weather.delayMs = random.between(0, 3);
    }, 100);
    await until("enough is written", () => crowd.acks.length >= target, 1_800_000);
    clearInterval(shake);
    rig.toPostgres.calm();
    await crowd.stopWriting();
    await crowd.converged(10_000);
    const wrong = findings(await check(rig.urls.database, crowd));
    await crowd.leave();
    return [
      { what: `${crowd.acks.length} messages; gaps, inversions, losses`, value: wrong.length, limit: 0 },
    ];
  },
};

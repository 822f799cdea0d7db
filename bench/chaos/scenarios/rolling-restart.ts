import { check, findings } from "../checker";
import { Crowd } from "../crowd";
import type { Scenario } from "../scenario";

export const rollingRestart: Scenario = {
  id: "R14",
  what: "every node in turn told to stop, and started again, under load",
  inShort: true,
  run: async ({ rig, random }) => {
    const crowd = await Crowd.gather(rig, random, { rooms: 4, membersPerRoom: 6, pauseMs: 50 });
    const doorOf = new Map(crowd.members.map(({ device }) => [device.account.userId, device.door]));
    crowd.startWriting();
    let slowestExit = 0;
    for (const node of rig.nodes) {
      slowestExit = Math.max(slowestExit, await node.signal("SIGTERM"));
      await node.start();
    }
    await crowd.stopWriting();
    await crowd.converged(10_000);
    const wrong = findings(await check(rig.urls.database, crowd));
    const failedBy = (door: string) => crowd.failures.filter((text) => text.startsWith(door));
    if (crowd.failures.length > 0) console.log("    ", [...new Set(crowd.failures)]);
    const givenUp = crowd.members.reduce((sum, { device }) => sum + device.givenUp.length, 0);
    const sentBy = (door: string) =>
      crowd.acks.filter(({ message }) => doorOf.get(message.author.id) === door).length;
    const delivery = crowd.deliveryMs().at(-1) ?? 0;
    await crowd.leave();
    return [
      {
        what: `${sentBy("http")} sends by HTTP; tries that failed`,
        value: failedBy("http").length,
        limit: 0,
      },
      {
        what: `${sentBy("socket")} sends by WebSocket, ${givenUp} given up with their connection; tries that failed`,
        value: failedBy("socket").length,
        limit: 0,
      },
      { what: "sends refused", value: crowd.refused.length, limit: 0 },
      { what: "slowest exit", value: slowestExit, limit: 10_000, unit: "ms" },
      { what: "slowest screen", value: delivery, limit: 8_000, unit: "ms" },
      { what: "findings", value: wrong.length, limit: 0 },
    ];
  },
};

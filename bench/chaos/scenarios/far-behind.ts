import { writeBacklog } from "../backlog";
import { makeRoom } from "../crowd";
import { Device, register } from "../person";
import type { Figure, Scenario } from "../scenario";
import { Screen } from "../screen";
import { until } from "../until";

const body = "word ".repeat(40);

export const farBehind: Scenario = {
  id: "R6",
  what: "somebody comes back after having missed many messages",
  inShort: true,
  run: async ({ rig }) => {
    const figures: Figure[] = [];
    for (const [count, limit] of [
      [300, 2_000],
      [10_000, 10_000],
    ] as const) {
      const account = await register(rig.urls);
      const roomId = await makeRoom(rig.urls.database, [account]);
      await writeBacklog(rig.urls.database, { roomId, authorId: account.userId, count, body });
      const device = new Device(account, rig.urls);
      const screen = new Screen();
      const stop = device.follow(roomId, () => screen.rev, screen.show);
      const ms = await until("all that was missed is shown", () => screen.lastSeq === count, 30_000);
      stop();
      await device.close();
      figures.push({ what: `${count} behind`, value: ms, limit, unit: "ms" });
      figures.push({ what: "holes or inversions", value: screen.holes + screen.inversions, limit: 0 });
    }
    return figures;
  },
};

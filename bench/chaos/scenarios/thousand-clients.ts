import { makeRoom } from "../crowd";
import { Device, register } from "../person";
import type { Scenario } from "../scenario";
import { Screen } from "../screen";
import { until } from "../until";

/** One person may have 50 sockets on a node; here all of them may come to the same one. */
const people = 25;

export const thousandClients: Scenario = {
  id: "R8",
  what: "a WebSocket node killed under its clients",
  inShort: false,
  run: async ({ rig }) => {
    const accounts = await Promise.all(Array.from({ length: people }, () => register(rig.urls)));
    const roomId = await makeRoom(rig.urls.database, accounts);
    const followers = accounts.flatMap((account) =>
      Array.from({ length: 40 }, () => {
        const device = new Device(account, rig.urls);
        const screen = new Screen();
        return { device, screen, stop: device.follow(roomId, () => screen.rev, screen.show) };
      }),
    );
    const isSeen = (seq: number) => () => followers.every(({ screen }) => screen.lastSeq === seq);
    const author = followers[0]?.device;
    if (!author) throw new Error("nobody there");
    const { message: first } = await author.deliver(roomId, "before");
    await until("everybody listens", isSeen(first.seq), 60_000);
    await rig.ws[0]?.signal("SIGKILL");
    const { message: last } = await author.deliver(roomId, "after");
    const ms = await until("everybody is back", isSeen(last.seq), 60_000);
    await rig.ws[0]?.start();
    for (const { stop } of followers) stop();
    await Promise.all(followers.map(({ device }) => device.close()));
    return [{ what: `${followers.length} clients; all equal`, value: ms, limit: 8_000, unit: "ms" }];
  },
};

import { Device, register } from "../person";
import { TcpProxy } from "../proxy";
import type { Scenario } from "../scenario";
import { until } from "../until";

export const halfOpen: Scenario = {
  id: "R12",
  what: "a peer whose cable was pulled",
  inShort: false,
  run: async ({ rig, random }) => {
    const [watcher, victim] = await Promise.all([register(rig.urls), register(rig.urls)]);
    const cable = await TcpProxy.listen(0, {
      upstreams: rig.direct.ws.map((url) => Number(new URL(url).port)),
      random,
    });
    const one = new Device(watcher, rig.urls);
    const other = new Device(victim, { http: rig.urls.http, ws: `ws://127.0.0.1:${cable.port}/api/ws` });
    const { roomId } = await one.api.contacts.add.mutate({ userId: victim.userId });
    await other.api.contacts.add.mutate({ userId: watcher.userId });
    const stop = other.follow(
      roomId,
      () => 0,
      () => {},
    );
    const isOnline = async () => (await one.api.rooms.get.query({ roomId })).presence?.online === true;
    await until("the victim is shown online", isOnline);
    cable.weather.isSilent = true;
    const ms = await until("the victim is shown offline", async () => !(await isOnline()), 60_000);
    cable.close();
    stop();
    await Promise.all([one.close(), other.close()]);
    return [{ what: "gone, and shown offline", value: ms, limit: 35_000, unit: "ms" }];
  },
};

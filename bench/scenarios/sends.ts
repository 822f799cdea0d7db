import type { SendsResult } from "../generator/sends";
import type { Row, Scenario } from "../scenario";
import { seedDirectRoom, seedGroup, seedPeople } from "../seed";

const shapes = [
  { name: "sends, one room of 100, ten reading", rooms: 1, members: 100, readers: 10, seedRoom: seedGroup },
  {
    name: "direct messages of 200 pairs, all reading",
    rooms: 200,
    members: 2,
    readers: 2,
    seedRoom: seedDirectRoom,
  },
];

export const sends: Scenario = {
  id: "sends",
  what: "acknowledged sends, whole way to the readers, against commits of single rows over eight connections",
  run: async ({ installation, isQuick, log }) => {
    const rows: Row[] = [];
    // Short enough that nobody sends more than a person may in a minute.
    const [warmSeconds, seconds] = isQuick ? [3, 5] : [5, 12];
    const { databaseUrl } = installation;
    const bare = await installation.ask<{ perSecond: number }>({
      task: "inserts",
      databaseUrl,
      connections: 8,
      seconds,
    });
    for (const { name, rooms, members, readers, seedRoom } of shapes) {
      const { ids, cookies } = await seedPeople(installation, rooms * members);
      const groups = [];
      for (let start = 0; start < ids.length; start += members) {
        const roomId = await seedRoom(installation, ids.slice(start, start + members));
        groups.push({ roomId, cookies: cookies.slice(start, start + members), readers });
      }
      const chat = await installation.startChat();
      const result = await installation.ask<SendsResult>({
        task: "sends",
        serverPid: chat.pid,
        url: chat.ws,
        rooms: groups,
        warmSeconds,
        seconds,
      });
      const { ack, delivery, cpuMicros, cpuMicrosADelivery } = result;
      log(
        `${name}: ${Math.round(cpuMicros)} µs of CPU a send; delivered after ${delivery.p50.toFixed(0)} ms, p99 ${delivery.p99.toFixed(0)} ms`,
      );
      rows.push({
        name,
        value: result.perSecond,
        unit: "/s",
        baseline: bare.perSecond,
        goal: { ratio: 1, isAtMost: false },
        latency: ack,
        wrong: result.wrong,
        detail: `latency is of the acknowledgement; delivered after ${delivery.p50.toFixed(0)} ms, p99 ${delivery.p99.toFixed(0)} ms; CPU ${Math.round(cpuMicros)} µs a send, ${cpuMicrosADelivery.toFixed(0)} ms for 1,000 deliveries`,
      });
    }
    return { rows };
  },
};

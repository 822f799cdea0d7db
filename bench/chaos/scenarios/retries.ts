import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { withClient } from "~/server/infra/databases";
import { makeRoom } from "../crowd";
import { Device, register } from "../person";
import type { Scenario } from "../scenario";

export const retries: Scenario = {
  id: "R3",
  what: "one client id a thousand times at once, through both nodes, and after Redis was flushed",
  inShort: true,
  run: async ({ rig }) => {
    const author = await register(rig.urls);
    const roomId = await makeRoom(rig.urls.database, [author]);
    const devices = rig.direct.web.map((http) => new Device(author, { http, ws: rig.urls.ws }));
    const clientId = randomUUID();
    const send = async (count: number) => {
      const device = devices[count % devices.length];
      if (!device) throw new Error("no device");
      return (await device.deliver(roomId, "once", clientId)).message;
    };
    const all = await Promise.all(Array.from({ length: 1_000 }, (_, count) => send(count)));
    const redis = new Redis(rig.urls.redis);
    await redis.flushall();
    redis.disconnect();
    all.push(await send(0), await send(1));
    const other = await devices[0]?.api.messages.send
      .mutate({ roomId, clientId, body: "twice" })
      .catch((error: Error) => error.message);
    const { rows } = await withClient(rig.urls.database, (client) =>
      client.query(`SELECT 1 FROM "Message" WHERE "roomId" = $1`, [roomId]),
    );
    await Promise.all(devices.map((device) => device.close()));
    return [
      { what: "messages stored", value: rows.length, limit: 1 },
      { what: "messages answered", value: new Set(all.map(({ id }) => id)).size, limit: 1 },
      { what: "another body under that id accepted", value: other === "CLIENT_ID_REUSED" ? 0 : 1, limit: 0 },
    ];
  },
};

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import { openClient, openSocketServer, type TestClient } from "~/test/socket";
import { aUser } from "~/test/summaries";
import { makeRoom } from "../crowd";
import { openNode } from "../local-node";
import { register } from "../person";
import type { Scenario } from "../scenario";
import { until } from "../until";

/** Clients, each with a socket of its own. */
const perTurn = 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** In MB, once what nobody holds is gone. */
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** In this process, where the heap can be weighed: a node on the rig's database, its sockets, tRPC's client. */
export const subscriptions: Scenario = {
  id: "R13",
  what: "subscriptions opened and stopped",
  inShort: false,
  run: async ({ rig }) => {
    const cycles = 20_000;
    const account = await register(rig.urls);
    const roomId = await makeRoom(rig.urls.database, [account]);
    const hub = createMemoryHub();
    await using node = openNode(rig, createMemoryBackplane(hub));
    await using server = await openSocketServer(node);
    const user = aUser(account.name, { id: account.userId });
    const member = { user, password: "", cookie: account.cookie };
    const clients = Array.from({ length: perTurn }, () => openClient(server.url, member));
    /** Every other one is stopped before it has started. */
    const cycle = ({ api }: TestClient, index: number) =>
      new Promise<void>((resolve, reject) => {
        const subscription = api.messages.onMessage.subscribe(
          { roomId },
          {
            onStarted: () => {
              subscription.unsubscribe();
              resolve();
            },
            onError: reject,
          },
        );
        if (index % 2 === 1) {
          subscription.unsubscribe();
          resolve();
        }
      });
    const run = async (count: number) => {
      for (let done = 0; done < count; done += perTurn) {
        await Promise.all(clients.map(cycle));
        await until("what was opened is closed", () => node.feeds.size === 0);
      }
    };
    await run(1_000);
    const before = heap();
    const listeners = () => hub.bus.eventNames().reduce((sum, name) => sum + hub.bus.listenerCount(name), 0);
    const listening = listeners();
    await run(cycles);
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    return [
      { what: `${cycles} cycles; heap grew`, value: heap() - before, limit: 10, unit: "MB" },
      { what: "feeds left open", value: node.feeds.size, limit: 0 },
      { what: "listeners left", value: listeners() - listening, limit: 0 },
    ];
  },
};

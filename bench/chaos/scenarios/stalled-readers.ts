import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { writeBacklog } from "../backlog";
import { makeRoom } from "../crowd";
import { type Account, Device, register } from "../person";
import type { Scenario } from "../scenario";
import { Screen } from "../screen";
import { quantile } from "../storm";
import { until } from "../until";

const readers = 50;
/** Enough that none of them meets the limit on one person's messages. */
const writers = 20;
/** As large as a message can be: 12 kB on the wire, two bytes a character in memory. */
const body = "€".repeat(4_000);
const bodyMb = Buffer.byteLength(body) / 2 ** 20;

/** By then the server has cut who does not answer its ping, which who reads nothing does not notice. */
const visitMs = 26_000;

/** Somebody who, after a while, asks for the whole room, stops reading, and asks again and again. */
class StalledReader {
  readonly #url: string;
  readonly #cookie: string;
  readonly #roomId: string;
  #timer: NodeJS.Timeout;
  #ws: WebSocket | null = null;
  /** How often they asked for everything. */
  visits = 0;

  constructor(url: string, { cookie }: Account, roomId: string, afterMs: number) {
    this.#url = url;
    this.#cookie = cookie;
    this.#roomId = roomId;
    this.#timer = setTimeout(() => this.#visit(), afterMs);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#ws?.terminate();
  }

  #visit(): void {
    this.#ws?.terminate();
    this.#timer = setTimeout(() => this.#visit(), visitMs);
    const ws = new WebSocket(this.#url, { headers: { cookie: this.#cookie } });
    this.#ws = ws;
    const params = {
      path: "messages.onMessage",
      input: { json: { roomId: this.#roomId, lastEventId: "0" } },
    };
    ws.once("open", () => ws.send(JSON.stringify({ id: 1, method: "subscription", params })));
    ws.once("message", () => {
      this.visits += 1;
      ws.pause();
    });
    ws.on("error", () => {});
  }
}

export const stalledReaders: Scenario = {
  id: "R11",
  what: "readers that stop reading, in front of a full room that others write into",
  inShort: false,
  run: async ({ rig, isShort }) => {
    const offeredMb = isShort ? 10 : 200;
    const seconds = isShort ? 10 : 60;
    const node = rig.ws[0];
    const url = rig.direct.ws[0];
    if (!node || !url) throw new Error("no such node");
    const [staller, ...authors] = await Promise.all(
      Array.from({ length: writers + 1 }, () => register(rig.urls)),
    );
    const [author] = authors;
    if (!staller || !author) throw new Error("nobody there");
    const roomId = await makeRoom(rig.urls.database, [staller, ...authors]);
    const count = Math.ceil(offeredMb / bodyMb);
    await writeBacklog(rig.urls.database, { roomId, authorId: author.userId, count, body });
    const screen = new Screen();
    const devices = authors.map((account) => new Device(account, { http: rig.urls.http, ws: url }));
    const [watcher] = devices;
    if (!watcher) throw new Error("nobody there");
    // Reads all that the others are offered, and goes on.
    const stop = watcher.follow(roomId, () => screen.rev, screen.show);
    await until("the one who reads has read everything", () => screen.lastSeq === count, 120_000);

    /** Everybody writes for a while. Resolves to how long the one who reads waited for a message, at the 99th percentile. */
    const write = async (): Promise<number> => {
      const times: number[] = [];
      const end = performance.now() + seconds * 1_000;
      const lane = async (device: Device) => {
        while (performance.now() < end) {
          const { message } = await device.deliver(roomId, body);
          const acked = performance.now();
          await until("the one who reads is shown it", () => screen.shownAt.has(message.id));
          times.push(Math.max(0, (screen.shownAt.get(message.id) ?? acked) - acked));
          await sleep(200);
        }
      };
      await Promise.all(devices.map(lane));
      return quantile(
        times.sort((a, b) => a - b),
        0.99,
      );
    };

    const usual = await write();
    const before = node.rss();
    let peak = before;
    const weigh = setInterval(() => {
      peak = Math.max(peak, node.rss());
    }, 500);
    const stalled = Array.from(
      { length: readers },
      // People stall at different times.
      (_, index) => new StalledReader(url, staller, roomId, (index / readers) * visitMs),
    );
    await until("all of them have stopped reading", () => stalled.every(({ visits }) => visits > 0), 60_000);
    const loaded = await write();
    clearInterval(weigh);
    for (const reader of stalled) reader.leave();
    stop();
    await Promise.all(devices.map((device) => device.close()));
    const visits = stalled.reduce((sum, reader) => sum + reader.visits, 0);
    return [
      {
        what: `${readers} stalled, ${offeredMb} MB offered to each on ${visits} visits; memory grew`,
        value: peak - before,
        limit: 100,
        unit: "MB",
      },
      // On a machine that does other things too, 20 % of a few milliseconds is noise.
      {
        what: `delivery p99 of who reads (${Math.round(usual)} ms before)`,
        value: loaded,
        limit: usual * 1.2 + 20,
        unit: "ms",
      },
    ];
  },
};

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../chaos/until";
import { cpuMsOf, rssOf } from "../process-usage";
import type { Wrong } from "../scenario";
import { type Percentiles, percentiles } from "../statistics";
import { emptyTally, Reader, subscriptionId, type Tally } from "./reader";

export interface FanOutJob {
  task: "fanOut";
  serverPid: number;
  /** `bare`: the rooms are paths of the bare server, and `frame` is what it is to broadcast. */
  kind: "charla" | "bare";
  url: string;
  rooms: { roomId: string; cookies: string[]; lastRev: number }[];
  /** Sends a second and room. */
  rate: number;
  warmSeconds: number;
  seconds: number;
  /** So often, one after the other, over the same sockets. */
  times?: number;
  frame?: string;
}

export interface FanOutResult {
  sends: number;
  delivered: number;
  wrong: Wrong;
  /** The server's processor time. */
  cpuMs: number;
  seconds: number;
  /** Each time. */
  slices: { p50: number; p99: number; rss: number }[];
  /** From the sender's frame to the reader's. */
  latencies: Percentiles;
  /** From the sender's frame to its answer. */
  acks: Percentiles;
  frame: string;
}

const bodyText = "We meet at seven at the station; bring the map and something warm. ";

const openedAtOnce = 20;

/** A room that is read by every socket, and written into by one after the other. */
class Room {
  readonly readers: Reader[] = [];
  readonly #open: (cookie: string) => Reader;
  readonly #cookies: string[];
  readonly #job: FanOutJob;
  readonly #roomId: string;
  #turn = 0;
  readonly #sentAt = new Map<number, number>();
  sent = 0;
  /** Milliseconds that each acknowledgement took. */
  acks: number[] = [];
  refused = 0;
  started = 0;
  end: number;

  constructor(job: FanOutJob, { roomId, cookies, lastRev }: FanOutJob["rooms"][number], tally: () => Tally) {
    this.#job = job;
    this.#roomId = roomId;
    this.end = lastRev;
    const url = job.kind === "bare" ? `${job.url}/${roomId}` : job.url;
    const onAnswer = (id: number, text: string) => {
      if (id === subscriptionId) {
        this.started += 1;
        return;
      }
      if (text.includes('"error"')) this.refused += 1;
      else this.acks.push(performance.now() - (this.#sentAt.get(id) ?? Number.NaN));
      this.#sentAt.delete(id);
    };
    this.#cookies = cookies;
    this.#open = (cookie) => new Reader(url, { cookie, after: lastRev, tally, onAnswer });
  }

  async open(): Promise<void> {
    const params = { path: "messages.onMessage", input: { json: { roomId: this.#roomId } } };
    const subscribe = JSON.stringify({ id: subscriptionId, method: "subscription", params });
    for (let start = 0; start < this.#cookies.length; start += openedAtOnce) {
      const some = this.#cookies.slice(start, start + openedAtOnce).map(this.#open);
      this.readers.push(...some);
      await Promise.all(some.map(({ opened }) => opened));
      if (this.#job.kind === "bare") continue;
      for (const { ws } of some) ws.send(subscribe);
      await until("they listen", () => this.started === this.readers.length, 60_000);
    }
  }

  send(): void {
    const reader = this.readers[this.#turn % this.readers.length];
    this.#turn += 1;
    this.sent += 1;
    this.end += 1;
    const stamp = performance.now().toFixed(6).padEnd(16);
    if (this.#job.kind === "bare") {
      const text = (this.#job.frame ?? "")
        .replace(/"id":"\d+"/, `"id":"${this.end}"`)
        .replace(/"body":"@.{16}/, `"body":"@${stamp}`);
      reader?.ws.send(text);
      return;
    }
    const json = { roomId: this.#roomId, clientId: randomUUID(), body: `@${stamp}${bodyText}` };
    const id = subscriptionId + this.#turn;
    this.#sentAt.set(id, performance.now());
    reader?.ws.send(
      JSON.stringify({ id, method: "mutation", params: { path: "messages.send", input: { json } } }),
    );
  }

  /** Sends that nobody has answered. */
  get unanswered(): number {
    return this.#sentAt.size;
  }

  missing(): number {
    return this.readers.reduce((sum, reader) => sum + reader.missing(this.end - this.refused), 0);
  }
}

export const runFanOut = async (job: FanOutJob): Promise<FanOutResult> => {
  let tally = emptyTally();
  const rooms = job.rooms.map((room) => new Room(job, room, () => tally));
  await Promise.all(rooms.map((room) => room.open()));

  /** Sends at the job's rate for so long, then waits until everything has arrived. */
  const write = async (seconds: number): Promise<void> => {
    const began = performance.now();
    let due = 0;
    for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - began) / 1000) {
      for (; due < elapsed * job.rate; due += 1) for (const room of rooms) room.send();
      await sleep(2);
    }
    const isThere = () => rooms.every((room) => room.missing() === 0 && room.unanswered === 0);
    await until("everything has arrived", isThere, 10_000).catch(() => {});
  };

  await write(job.warmSeconds);
  const sentBefore = rooms.reduce((sum, room) => sum + room.sent, 0);
  const warmed = tally;
  for (const room of rooms) room.acks = [];
  const cpuBefore = cpuMsOf(job.serverPid);
  const began = performance.now();
  const tallies: Tally[] = [];
  const slices: FanOutResult["slices"] = [];
  for (let time = 0; time < (job.times ?? 1); time += 1) {
    tally = emptyTally();
    tallies.push(tally);
    await write(job.seconds);
    const { p50, p99 } = percentiles(tally.latencies);
    slices.push({ p50, p99, rss: rssOf(job.serverPid) });
  }
  const all = (count: (one: Tally) => number) =>
    [warmed, ...tallies].reduce((sum, one) => sum + count(one), 0);
  const result: FanOutResult = {
    sends: rooms.reduce((sum, room) => sum + room.sent, 0) - sentBefore,
    delivered: all((one) => one.delivered) - warmed.delivered,
    wrong: {
      lost: rooms.reduce((sum, room) => sum + room.missing(), 0),
      doubled: all((one) => one.doubled),
      reordered: all((one) => one.reordered),
      refused: rooms.reduce((sum, room) => sum + room.refused + room.unanswered, 0),
    },
    cpuMs: cpuMsOf(job.serverPid) - cpuBefore,
    seconds: (performance.now() - began) / 1000,
    slices,
    latencies: percentiles(tallies.flatMap((one) => one.latencies)),
    acks: percentiles(rooms.flatMap((room) => room.acks)),
    frame: tally.sample,
  };
  for (const { readers } of rooms) for (const { ws } of readers) ws.terminate();
  return result;
};

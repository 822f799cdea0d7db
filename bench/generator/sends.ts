import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../chaos/until";
import { cpuMsOf } from "../process-usage";
import type { Wrong } from "../scenario";
import { type Percentiles, percentiles } from "../statistics";
import { emptyTally, Reader, subscriptionId, type Tally } from "./reader";

export interface SendsJob {
  task: "sends";
  serverPid: number;
  url: string;
  /** Everybody writes; the first `readers` of each room read it as well. */
  rooms: { roomId: string; cookies: string[]; readers: number }[];
  warmSeconds: number;
  seconds: number;
}

export interface SendsResult {
  perSecond: number;
  /** Microseconds of the server's processor time for each, with all its deliveries. */
  cpuMicros: number;
  /** The same for each delivery, the send with it. */
  cpuMicrosADelivery: number;
  ack: Percentiles;
  delivery: Percentiles;
  wrong: Wrong;
}

/** Somebody who sends the next message as soon as the last one is acknowledged. */
class Writer {
  readonly reader: Reader;
  readonly #roomId: string;
  readonly #onAck: (ms: number, isRefused: boolean) => void;
  #id = subscriptionId;
  #sentAt = 0;
  isStopped = false;
  isWaiting = false;
  isListening = false;

  constructor(
    url: string,
    { roomId, cookie, tally }: { roomId: string; cookie: string; tally: () => Tally },
    onAck: (ms: number, isRefused: boolean) => void,
  ) {
    this.#roomId = roomId;
    this.#onAck = onAck;
    const onAnswer = (id: number, text: string) => {
      if (id === subscriptionId) this.isListening = true;
      else this.#acknowledge(text);
    };
    this.reader = new Reader(url, { cookie, after: 0, tally, onAnswer });
  }

  listen(): void {
    const params = { path: "messages.onMessage", input: { json: { roomId: this.#roomId } } };
    this.reader.ws.send(JSON.stringify({ id: subscriptionId, method: "subscription", params }));
  }

  send(): void {
    this.#id += 1;
    this.isWaiting = true;
    this.#sentAt = performance.now();
    const stamp = this.#sentAt.toFixed(6).padEnd(16);
    const body = `@${stamp}We meet at seven at the station; bring the map and something warm. `;
    const json = { roomId: this.#roomId, clientId: randomUUID(), body };
    const params = { path: "messages.send", input: { json } };
    this.reader.ws.send(JSON.stringify({ id: this.#id, method: "mutation", params }));
  }

  #acknowledge(text: string): void {
    this.isWaiting = false;
    this.#onAck(performance.now() - this.#sentAt, text.includes('"error"'));
    if (!this.isStopped) this.send();
  }
}

export const runSends = async (job: SendsJob): Promise<SendsResult> => {
  let tally = emptyTally();
  let acks: number[] = [];
  let refused = 0;
  const rooms = job.rooms.map(({ roomId, cookies, readers }) => {
    const room = { acknowledged: 0, writers: [] as Writer[], readers: [] as Writer[] };
    const onAck = (ms: number, isRefused: boolean) => {
      if (isRefused) refused += 1;
      else room.acknowledged += 1;
      acks.push(ms);
    };
    room.writers = cookies.map(
      (cookie) => new Writer(job.url, { roomId, cookie, tally: () => tally }, onAck),
    );
    room.readers = room.writers.slice(0, readers);
    return room;
  });
  const writers = rooms.flatMap((room) => room.writers);
  await Promise.all(writers.map(({ reader }) => reader.opened));
  const readers = rooms.flatMap((room) => room.readers);
  for (const reader of readers) reader.listen();
  await until("everybody listens", () => readers.every(({ isListening }) => isListening), 60_000);

  for (const writer of writers) writer.send();
  await sleep(job.warmSeconds * 1_000);
  const warmed = tally;
  tally = emptyTally();
  acks = [];
  const [cpuBefore, began] = [cpuMsOf(job.serverPid), performance.now()];
  await sleep(job.seconds * 1_000);
  const cpuMs = cpuMsOf(job.serverPid) - cpuBefore;
  const seconds = (performance.now() - began) / 1_000;
  const [measured, delivered] = [acks, tally.delivered];
  acks = [];
  for (const writer of writers) writer.isStopped = true;
  const missing = () =>
    rooms.reduce(
      (sum, room) =>
        sum + room.readers.reduce((some, { reader }) => some + reader.missing(room.acknowledged), 0),
      0,
    );
  const isQuiet = () => missing() === 0 && writers.every(({ isWaiting }) => !isWaiting);
  await until("everything has arrived", isQuiet, 20_000).catch(() => {});
  const unanswered = writers.filter(({ isWaiting }) => isWaiting).length;
  for (const { reader } of writers) reader.ws.terminate();
  return {
    perSecond: measured.length / seconds,
    cpuMicros: (cpuMs * 1_000) / measured.length,
    cpuMicrosADelivery: (cpuMs * 1_000) / delivered,
    ack: percentiles(measured),
    delivery: percentiles(tally.latencies),
    wrong: {
      lost: missing(),
      doubled: warmed.doubled + tally.doubled,
      reordered: warmed.reordered + tally.reordered,
      refused: refused + unanswered,
    },
  };
};

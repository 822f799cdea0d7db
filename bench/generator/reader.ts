import { once } from "node:events";
import { WebSocket } from "ws";

/** What a delivery's frame begins with, whoever sends it: the id of the subscription, then the number of the change. */
const opening = '{"id":1,"result":{"type":"data","id":"';
/** Where the body tells when it was sent: milliseconds of the generator's clock. */
const stamp = '"body":"@';

export const subscriptionId = 1;

/** What readers saw, all together. */
export interface Tally {
  delivered: number;
  lost: number;
  doubled: number;
  reordered: number;
  /** From the sender's frame to the reader's, in milliseconds. */
  latencies: number[];
  bytes: number;
  /** One of the frames. */
  sample: string;
}

export const emptyTally = (): Tally => ({
  delivered: 0,
  lost: 0,
  doubled: 0,
  reordered: 0,
  latencies: [],
  bytes: 0,
  sample: "",
});

interface ReaderOptions {
  cookie?: string | undefined;
  /** The change it has seen last. */
  after: number;
  /** Where to count at present. */
  tally: () => Tally;
  /** Hears every other frame. */
  onAnswer?: (id: number, text: string) => void;
}

/** One socket that reads a room, and checks that each change comes once and in order. */
export class Reader {
  readonly ws: WebSocket;
  readonly opened: Promise<unknown>;
  readonly #tally: () => Tally;
  readonly #onAnswer: (id: number, text: string) => void;
  readonly #missing = new Set<number>();
  /** The last change seen. */
  last: number;

  constructor(url: string, { cookie, after, tally, onAnswer = () => {} }: ReaderOptions) {
    this.last = after;
    this.#tally = tally;
    this.#onAnswer = onAnswer;
    const headers = cookie ? { cookie } : {};
    this.ws = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
    this.opened = once(this.ws, "open");
    this.ws.on("message", (data) => this.#hear(data as Buffer));
  }

  /** How many changes up to `end` have not come. */
  missing(end: number): number {
    return this.#missing.size + Math.max(0, end - this.last);
  }

  #hear(data: Buffer): void {
    const text = data.toString("latin1");
    if (!text.startsWith(opening)) {
      const id = Number(/^\{"id":(\d+)/.exec(text)?.[1] ?? Number.NaN);
      this.#onAnswer(id, text);
      return;
    }
    const now = performance.now();
    const tally = this.#tally();
    tally.delivered += 1;
    tally.bytes += data.length;
    this.#note(Number(text.slice(opening.length, text.indexOf('"', opening.length))), tally);
    const at = text.indexOf(stamp);
    if (at > 0)
      tally.latencies.push(now - Number.parseFloat(text.slice(at + stamp.length, at + stamp.length + 16)));
    tally.sample ||= text;
  }

  #note(change: number, tally: Tally): void {
    const expected = this.last + 1;
    if (change === expected) this.last = change;
    else if (change > expected) {
      for (let gone = expected; gone < change; gone += 1) this.#missing.add(gone);
      this.last = change;
    } else if (this.#missing.delete(change)) tally.reordered += 1;
    else tally.doubled += 1;
  }
}

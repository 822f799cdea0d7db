import type { Filter } from "./proxy";
import type { Random } from "./random";

const lineEnd = "\r\n";
const eventStart = "*3\r\n$7\r\nmessage\r\n";

/** Where the RESP value that begins at `at` ends; -1 if the rest of it is still to come. */
const valueEnd = (buffer: Buffer, at: number): number => {
  const end = buffer.indexOf(lineEnd, at);
  if (end === -1) return -1;
  const size = Number(buffer.toString("latin1", at + 1, end));
  let next = end + lineEnd.length;
  switch (String.fromCharCode(buffer[at] ?? 0)) {
    case "$":
      if (size >= 0) next += size + lineEnd.length;
      return next <= buffer.length ? next : -1;
    case "*":
      for (let left = size; left > 0 && next !== -1; left -= 1) next = valueEnd(buffer, next);
      return next;
    default:
      return next;
  }
};

/** Loses events on their way from Redis to a node, with no disconnect: everything else passes. */
export class LostEvents {
  /** The part that is lost, from 0 to 1. */
  rate = 0;
  lost = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  readonly filter: Filter = () => {
    let rest: Buffer = Buffer.alloc(0);
    return (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      const kept: Buffer[] = [];
      for (let end = this.#end(rest); end !== -1; end = this.#end(rest)) {
        const value = rest.subarray(0, end);
        rest = rest.subarray(end);
        if (!this.#loses(value)) kept.push(value);
      }
      return Buffer.concat(kept);
    };
  };

  #end(buffer: Buffer): number {
    return buffer.length === 0 ? -1 : valueEnd(buffer, 0);
  }

  #loses(value: Buffer): boolean {
    const isEvent = value.toString("latin1", 0, eventStart.length) === eventStart;
    if (!isEvent || this.#random.next() >= this.rate) return false;
    this.lost += 1;
    return true;
  }
}

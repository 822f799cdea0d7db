/** A box of an ISO media file (ISO 14496-12), and of QuickTime's, its ancestor: bytes `start` up to and without `end`. */
export interface Box {
  /** Four characters, of Latin-1. */
  type: string;
  start: number;
  /** Where its contents begin. */
  body: number;
  end: number;
}

/** Of the type of what is no box. */
export const noBox = "????";

/** Bytes that tell of a box where it ends. */
export const headerBytes = 16;

/**
 * The box that begins at `start`, of whose first bytes these are. One that claims to reach past `limit` ends there; what is
 * no box is one of the type `????` up to the limit.
 */
export const readBox = (header: Buffer, start: number, limit: number): Box => {
  const nothing = { type: noBox, start, body: start, end: limit };
  if (header.length < 8) return nothing;
  const type = header.toString("latin1", 4, 8);
  const size = header.readUInt32BE(0);
  if (size === 0) return { type, start, body: start + 8, end: limit };
  if (size !== 1)
    return size < 8 ? nothing : { type, start, body: start + 8, end: Math.min(start + size, limit) };
  const largeSize = header.length < headerBytes ? 0n : header.readBigUInt64BE(8);
  if (largeSize < headerBytes) return nothing;
  const end = largeSize > BigInt(limit - start) ? limit : start + Number(largeSize);
  return { type, start, body: start + headerBytes, end };
};

/** The parts of a box, one after the other. `skip`: bytes before the first. */
export function* partsOf(bytes: Buffer, { body, end }: Box, skip = 0): Generator<Box> {
  for (let at = body + skip; at < end; ) {
    const box = readBox(bytes.subarray(at, Math.min(at + headerBytes, end)), at, end);
    yield box;
    at = box.end;
  }
}

/** The parts at the end of a path into a box. */
export function* partsAt(bytes: Buffer, box: Box, type: string, ...more: string[]): Generator<Box> {
  const [next, ...rest] = more;
  for (const part of partsOf(bytes, box)) {
    if (part.type !== type) continue;
    if (next === undefined) yield part;
    else yield* partsAt(bytes, part, next, ...rest);
  }
}

/** Makes a box one that everybody passes over, with nothing in it; what follows it stays where it was. */
export const eraseBox = (bytes: Buffer, { type, start, body, end }: Box): void => {
  if (type !== noBox) bytes.write("free", start + 4, "latin1");
  bytes.fill(0, body, end);
};

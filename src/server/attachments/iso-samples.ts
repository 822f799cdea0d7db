import { type Box, partsOf } from "./iso-boxes";

/** Bytes of a file, `start` up to and without `end`. */
export interface Run {
  start: number;
  end: number;
}

/** Where in the file the samples of a track lie, by its table (`stbl`); chunks that follow each other are one run. */
export function* sampleRuns(moov: Buffer, stbl: Box): Generator<Run> {
  const tables = new Map<string, Buffer>();
  for (const { type, body, end } of partsOf(moov, stbl)) tables.set(type, moov.subarray(body, end));
  const bytesOf = sampleBytes(tables.get("stsz"));
  const samplesOf = samplesPerChunk(tables.get("stsc"));
  let run = { start: 0, end: 0 };
  let chunk = 0;
  for (const start of chunkOffsets(tables)) {
    chunk += 1;
    if (start !== run.end) {
      yield run;
      run = { start, end: start };
    }
    run.end += bytesOf(samplesOf(chunk));
  }
  yield run;
}

function* chunkOffsets(tables: Map<string, Buffer>): Generator<number> {
  const small = tables.get("stco");
  const large = tables.get("co64");
  for (let at = 8; small && at + 4 <= small.length; at += 4) yield small.readUInt32BE(at);
  for (let at = 8; large && at + 8 <= large.length; at += 8) yield Number(large.readBigUInt64BE(at));
}

/** How many bytes the next so many samples have: all have one size, or each has its own in the table. */
const sampleBytes = (stsz: Buffer = Buffer.alloc(8)) => {
  const common = stsz.length >= 8 ? stsz.readUInt32BE(4) : 0;
  let at = 12;
  return (samples: number): number => {
    if (common > 0) return common * samples;
    let bytes = 0;
    for (let left = samples; left > 0 && at + 4 <= stsz.length; left -= 1) {
      bytes += stsz.readUInt32BE(at);
      at += 4;
    }
    return bytes;
  };
};

/** How many samples a chunk has, asked from the first chunk, number 1, on. */
const samplesPerChunk = (stsc: Buffer = Buffer.alloc(0)) => {
  let at = 8;
  let samples = 0;
  return (chunk: number): number => {
    while (at + 12 <= stsc.length && stsc.readUInt32BE(at) <= chunk) {
      samples = stsc.readUInt32BE(at + 4);
      at += 12;
    }
    return samples;
  };
};

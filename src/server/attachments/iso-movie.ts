import { type Box, eraseBox, partsAt, partsOf } from "./iso-boxes";
import { type Run, sampleRuns } from "./iso-samples";

/** What becomes of a box: kept as it is, or looked into by what its parts may be. What is not named is erased. */
type Parts = { [type: string]: true | Parts };

const kept = (...types: string[]): Parts => Object.fromEntries(types.map((type) => [type, true]));

/** What players show of a song. */
const song = kept(
  ...["©nam", "©ART", "aART", "©alb", "©wrt", "©gen", "gnre", "©day", "trkn", "disk"],
  ...["cpil", "pgap", "tmpo", "cprt", "©lyr", "covr"],
);

/** What of a movie's description players need. */
const needed: Parts = {
  ...kept("mvhd", "mvex", "iods", "pssh", "cmov", "rmra"),
  udta: { meta: { hdlr: true, ilst: song } },
  trak: {
    ...kept("tkhd", "edts", "tref", "tapt", "load", "clip", "matt", "imap"),
    mdia: kept("mdhd", "hdlr", "minf", "elng"),
  },
};

/** Tracks that are seen, heard or read, and what they need. */
const playable = new Set([
  "vide",
  "soun",
  "tmcd",
  "text",
  "sbtl",
  "subt",
  "clcp",
  "auxv",
  "hint",
  "odsm",
  "sdsm",
]);

/**
 * Erases from a movie's description (`moov`) what is not needed for playing it: tags, and the tracks that nobody sees or
 * hears. Returns where in the file the samples of those tracks lie.
 */
export const eraseFromMovie = (moov: Buffer): Run[] => {
  const whole: Box = { type: "", start: 0, body: 0, end: moov.length };
  const runs: Run[] = [];
  for (const trak of partsAt(moov, whole, "moov", "trak")) {
    if (playable.has(handlerOf(moov, trak))) continue;
    for (const stbl of partsAt(moov, trak, "mdia", "minf", "stbl")) {
      for (const run of sampleRuns(moov, stbl)) runs.push(run);
    }
    eraseBox(moov, trak);
  }
  eraseParts(moov, whole, { moov: needed });
  return runs;
};

const eraseParts = (moov: Buffer, box: Box, parts: Parts): void => {
  const flags = box.type === "meta" ? 4 : 0; // and its version, before its parts
  for (const part of partsOf(moov, box, flags)) {
    const inside = Object.hasOwn(parts, part.type) ? parts[part.type] : undefined;
    if (inside === undefined) eraseBox(moov, part);
    else if (inside !== true) eraseParts(moov, part, inside);
  }
};

/** What a track is of, by its handler. */
const handlerOf = (moov: Buffer, trak: Box): string => {
  const [hdlr] = partsAt(moov, trak, "mdia", "hdlr");
  return hdlr ? moov.toString("latin1", hdlr.body + 8, hdlr.body + 12) : "";
};

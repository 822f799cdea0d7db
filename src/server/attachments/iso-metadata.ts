/**
 * What a phone notes in a video besides the video: where it was, which phone, whose. It stands in boxes beside the media
 * (`udta`, `meta`, makers' own) and in tracks of their own (`gpmd`, `camm`, `mebx`). Whatever is not known to be needed for
 * playing is overwritten where it lies: the file keeps its length, and every offset in it holds.
 */
import { type FileHandle, open } from "node:fs/promises";
import { type Box, headerBytes, noBox, readBox } from "./iso-boxes";
import { eraseFromMovie } from "./iso-movie";

const isoTypes = new Set([
  ...["video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2"],
  ...["audio/mp4", "audio/x-m4b", "audio/x-m4p"],
]);

export const isIsoMedia = (type: string): boolean => isoTypes.has(type);

/** Boxes of a file that players need. */
const needed = new Set(["ftyp", "styp", "mdat", "moof", "mfra", "sidx", "ssix", "pdin", "prft", "wide"]);

/** What no real file goes past: a file that does loses what lies beyond. */
const limits = {
  /** Fragments of a tenth of a second, for an hour and a half. */
  boxes: 100_000,
  /** A movie's description: some kilobytes a minute. */
  movieBytes: 16 * 1024 * 1024,
  /** Runs of samples of tracks that nobody sees. */
  runs: 100_000,
};

/** Erases it from the file at `path`, which is of a type that {@link isIsoMedia}. Safe to repeat. */
export const eraseMetadata = async (path: string): Promise<void> => {
  await using file = await open(path, "r+");
  const { size } = await file.stat();
  const boxes: Box[] = [];
  for (let at = 0; at < size; at = boxes.at(-1)?.end ?? size)
    boxes.push(await boxAt(file, at, size, boxes.length));
  for (const { start, end } of inARow(boxes.filter(isUnneeded))) await eraseRun(file, start, end);
  for (const box of boxes.filter(isMovie)) await cleanMovie(file, box, size);
};

const isMovie = ({ type, start, end }: Box): boolean => type === "moov" && end - start <= limits.movieBytes;
const isUnneeded = (box: Box): boolean => !needed.has(box.type) && !isMovie(box);

const boxAt = async (file: FileHandle, at: number, size: number, count: number): Promise<Box> => {
  if (count >= limits.boxes) return { type: noBox, start: at, body: at, end: size };
  const header = await readAt(file, at, Math.min(headerBytes, size - at));
  return readBox(header, at, size);
};

const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** Boxes that follow each other, as one. */
const inARow = (boxes: Box[]): { start: number; end: number }[] => {
  const rows: { start: number; end: number }[] = [];
  for (const { start, end } of boxes) {
    const last = rows.at(-1);
    if (last?.end === start) last.end = end;
    else rows.push({ start, end });
  }
  return rows;
};

/**
 * Makes of these bytes a box that everybody passes over, with nothing in it. Done again it changes no byte at any moment:
 * another node may be reading the file by then.
 */
const eraseRun = async (file: FileHandle, start: number, end: number): Promise<void> => {
  const header = Buffer.alloc(Math.min(8, end - start));
  if (header.length === 8) {
    header.writeUInt32BE(end - start, 0);
    header.write("free", 4, "latin1");
  }
  await file.write(header, 0, header.length, start);
  await blank(file, start + header.length, end);
};

const cleanMovie = async (file: FileHandle, { start, end }: Box, size: number): Promise<void> => {
  const moov = await readAt(file, start, end - start);
  const runs = eraseFromMovie(moov).slice(0, limits.runs);
  await file.write(moov, 0, moov.length, start);
  let left = size; // runs that overlap are none that anybody recorded
  for (const run of runs) {
    const last = Math.min(run.end, size, run.start + left);
    await blank(file, run.start, last);
    left -= Math.max(0, last - run.start);
  }
};

const noughts = Buffer.alloc(64 * 1024);

/** Overwrites bytes with zeros. */
const blank = async (file: FileHandle, start: number, end: number): Promise<void> => {
  for (let at = start; at < end; at += noughts.length) {
    await file.write(noughts, 0, Math.min(noughts.length, end - at), at);
  }
};

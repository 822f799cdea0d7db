import { randomBytes, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { testFolder } from "~/test/folder";
import { box, taggedVideo, track } from "~/test/videos";
import { eraseMetadata } from "./iso-metadata";

const erased = async (bytes: Buffer): Promise<Buffer> => {
  const file = path.join(testFolder(), randomUUID());
  await writeFile(file, bytes);
  await eraseMetadata(file);
  return readFile(file);
};

it("erases where a video was taken, wherever that stands, and moves nothing", async () => {
  const before = taggedVideo();
  const after = await erased(before);
  expect(before.toString("latin1").split("+40.4168").length - 1).toBe(10);
  expect(after.includes("40.4168")).toBe(false);
  expect(after.includes("GPS5")).toBe(false);
  expect(after.length).toBe(before.length);
  for (const part of [
    "ftyp",
    "mdat",
    "the picture, and the sound",
    "moov",
    "mvhd",
    "vide",
    "stco",
    "A song",
  ]) {
    expect(after.indexOf(part), part).toBe(before.indexOf(part));
  }
  for (const gone of ["keys", "uuid", "gps ", "©xyz", "loci", "an XMP packet", "behind"]) {
    expect(after.includes(Buffer.from(gone, "latin1")), gone).toBe(false);
  }
  expect((await erased(after)).equals(after)).toBe(true);
});

it("leaves a video without any as it is", async () => {
  const start = box("ftyp", "isom", Buffer.alloc(4));
  const at = start.length + 8;
  const tracks = [track("vide", [{ at, size: 500 }]), track("soun", [{ at: at + 500, size: 500 }])];
  const plain = Buffer.concat([start, box("mdat", randomBytes(1000)), box("moov", ...tracks)]);
  expect((await erased(plain)).equals(plain)).toBe(true);
});

it("reads sizes of 64 bits, and boxes to the end of the file", async () => {
  const large = Buffer.concat([
    Buffer.from([0, 0, 0, 1]),
    Buffer.from("mdat"),
    Buffer.alloc(8),
    Buffer.from("media"),
  ]);
  large.writeBigUInt64BE(BigInt(large.length), 8);
  const last = Buffer.concat([Buffer.alloc(4), Buffer.from("mdat"), randomBytes(100)]);
  const file = Buffer.concat([box("ftyp", "isom"), large, box("junk", "secret"), last]);
  const after = await erased(file);
  expect(after.includes("secret")).toBe(false);
  expect(after.subarray(-last.length).equals(last)).toBe(true);
  expect(after.includes("media")).toBe(true);
});

it("takes whatever a file says of itself, and keeps its length", async () => {
  const video = taggedVideo();
  const change = fc.record({ at: fc.nat(video.length - 4), to: fc.integer({ min: 0, max: 2 ** 32 - 1 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(video.length), async (changes, length) => {
      const bytes = Buffer.from(video);
      for (const { at, to } of changes) bytes.writeUInt32BE(to, at);
      const cut = bytes.subarray(0, length);
      expect((await erased(cut)).length).toBe(cut.length);
    }),
    { numRuns: 200 },
  );
});

it("does no more work than a large file takes, whatever one asks for", async () => {
  const everywhere = Array.from({ length: 200_000 }, () => ({ at: 0, size: 2 ** 31 }));
  const hostile = Buffer.concat([
    box("ftyp", "isom"),
    box("moov", track("meta", everywhere)),
    box("mdat", Buffer.alloc(3_000_000, box("free"))),
  ]);
  expect((await erased(hostile)).length).toBe(hostile.length);
  const boxes = Buffer.concat([box("ftyp", "isom"), box("moov", Buffer.alloc(4_000_000, box("trak")))]);
  expect((await erased(boxes)).length).toBe(boxes.length);
});

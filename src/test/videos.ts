/** A box of an ISO media file. */
export const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)),
  );
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length, 0);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, body]);
};

const numbers = (values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};

/** A track of one sample a chunk, at these places of the file. */
export const track = (handler: string, samples: { at: number; size: number }[], ...more: Buffer[]): Buffer =>
  box(
    "trak",
    box("tkhd", Buffer.alloc(84)),
    box(
      "mdia",
      box("mdhd", Buffer.alloc(24)),
      box("hdlr", numbers([0, 0]), handler, Buffer.alloc(13)),
      box(
        "minf",
        box(
          "stbl",
          box("stsz", numbers([0, 0, samples.length]), numbers(samples.map(({ size }) => size))),
          box("stsc", numbers([0, 1, 1, 1, 1])),
          box("stco", numbers([0, samples.length]), numbers(samples.map(({ at }) => at))),
        ),
      ),
    ),
    ...more,
  );

const place = "+40.4168-003.7038/";

/** A video as phones and cameras make it: where it was taken stands in every place that is known for it. */
export const taggedVideo = (): Buffer => {
  const start = box("ftyp", "isom", Buffer.alloc(4), "isomiso2mp41");
  const [picture, telemetry] = ["the picture, and the sound", `GPS5 ${place}`];
  const media = box("mdat", picture, telemetry);
  const at = start.length + 8;
  const tag = box("©xyz", Buffer.from([0, place.length, 0x15, 0xc7]), place);
  const keys = box("keys", numbers([0, 1]), box("mdta", "com.apple.quicktime.location.ISO6709"));
  return Buffer.concat([
    start,
    media,
    box(
      "moov",
      box("mvhd", Buffer.alloc(100)),
      track("vide", [{ at, size: picture.length }], box("udta", tag)),
      track("meta", [{ at: at + picture.length, size: telemetry.length }]),
      box("meta", box("hdlr", numbers([0, 0]), "mdta", Buffer.alloc(13)), keys, box("ilst", place)),
      box(
        "udta",
        tag,
        box("loci", place),
        box("meta", numbers([0]), box("ilst", box("©nam", "A song")), place),
      ),
      box("gps ", place),
    ),
    box("free", place),
    box("uuid", `an XMP packet ${place}`),
    Buffer.from(`behind the last box ${place}`),
  ]);
};

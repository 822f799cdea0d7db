import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A noisy picture, which no encoder makes small. */
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "white",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  });

/** Madrid, Puerta del Sol. */
const location = {
  GPSLatitudeRef: "N",
  GPSLatitude: "40/1 25/1 0/1",
  GPSLongitudeRef: "W",
  GPSLongitude: "3/1 42/1 0/1",
};

/** A photo 800 × 600 as a phone held upright takes it: on its side, with a note to turn it, and of where it was taken. */
export const photo = (format: "jpeg" | "png" | "webp"): Promise<Buffer> =>
  noise(800, 600)
    .withExif({ IFD0: { Make: "Secret camera" }, IFD3: location })
    .withMetadata({ orientation: 6 })
    .toFormat(format)
    .toBuffer();

/** A moving picture of three frames. */
export const animation = async (format: "gif" | "webp"): Promise<Buffer> => {
  const colours = ["red", "green", "blue"];
  const frame = (background: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp(await Promise.all(colours.map(frame)), { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
};

/** A GIF of so many frames of one pixel. */
export const flicker = async (frames: number): Promise<Buffer> => {
  const gif = await animation("gif");
  const header = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
  // A frame that shows one pixel for a hundredth of a second.
  const frame = Buffer.from("21f9040001000000" + "2c00000000010001000002024401" + "00", "hex");
  return Buffer.concat([gif.subarray(0, header), ...Array<Buffer>(frames).fill(frame), Buffer.from(";")]);
};

/** A small PNG with a text in it that is 64 MiB long once it is unpacked. */
export const stuffed = async (): Promise<Buffer> => {
  const png = await flat(8);
  const text = Buffer.concat([Buffer.from("zTXtComment\0\0"), deflateSync(Buffer.alloc(64 * 1024 ** 2))]);
  const chunk = Buffer.alloc(text.length + 8);
  chunk.writeUInt32BE(text.length - 4);
  text.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(text), text.length + 4);
  const afterHeader = 33;
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
};

/** A few kilobytes that claim, or are, a picture of that many pixels a side. */
export const flat = (side: number): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: "red" }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** A PNG whose header claims a size that its data has not. */
export const liar = async (width: number, height: number): Promise<Buffer> => {
  const png = await flat(8);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
};

// node scripts/icons.mjs: draws the icons that are pictures, for when the mark of src/app/icon.svg changes.
import { mkdirSync, readFileSync } from "node:fs";
import sharp from "sharp";

const mark = readFileSync("src/app/icon.svg", "utf8");
const white = mark.replace(/fill="#\w+"/, 'fill="#fff"');
/** The accent of the light theme. */
const ground = "#0e6f62";

/**
 * The mark on a square.
 * @param {{ svg?: string, size: number, part: number, background?: string }} drawing `part`: of the square's side that the mark takes
 */
const draw = async ({ svg = mark, size, part, background = "#0000" }) => {
  const side = Math.round((size * part) / 2) * 2;
  const image = await sharp(Buffer.from(svg), { density: (72 * side) / 32 })
    .resize(side)
    .toBuffer();
  return sharp({ create: { width: size, height: size, channels: 4, background } })
    .composite([{ input: image }])
    .png({ palette: true, compressionLevel: 9 });
};

/** By file. @type {Record<string, Parameters<typeof draw>[0]>} */
const icons = {
  "public/icons/icon-192": { size: 192, part: 1 },
  "public/icons/icon-512": { size: 512, part: 1 },
  // Systems cut it to their own shape: what counts keeps to the circle in its middle.
  "public/icons/maskable-512": { svg: white, size: 512, part: 0.5, background: ground },
  // Systems of one shape alone, which fill what is transparent with black.
  "src/app/apple-icon": { svg: white, size: 180, part: 0.55, background: ground },
  // Android's status bar takes the shape and paints it itself.
  "public/icons/badge-96": { svg: white, size: 96, part: 0.85 },
};

mkdirSync("public/icons", { recursive: true });
for (const [file, drawing] of Object.entries(icons)) {
  await (await draw(drawing)).toFile(`${file}.png`);
}

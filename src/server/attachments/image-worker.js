// The process in which pictures are decoded: what they do to it they do to nothing else. image-workers.ts starts it, gives it
// one job after the other, and ends it where it takes too long or too much. Plain JavaScript: Node runs it as it lies here.
import { writeFileSync } from "node:fs";
import sharp from "sharp";

/**
 * @typedef {import("./image-workers").ImageJob} ImageJob
 * @typedef {import("./image-workers").ImageFacts} ImageFacts
 * @typedef {import("./image-workers").Order} Order
 * @typedef {import("./image-workers").Report} Report
 * @typedef {import("sharp").Sharp} Sharp
 */

sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["Jpeg", "Png", "Webp", "Nsgif"].map((name) => `VipsForeignLoad${name}`) });
sharp.cache(false);
sharp.concurrency(1);

/** Pixels on the longer side: twice what a timeline shows, for dense screens. */
const thumbnailSide = 640;
const blurSide = 16;

const memoryCheckMs = 25;

/** @type {Record<string, (image: Sharp) => Sharp>} */
const encoders = {
  "image/jpeg": (image) => image.jpeg({ quality: 90 }),
  "image/png": (image) => image.png(),
  "image/webp": (image) => image.webp({ quality: 90 }),
  "image/gif": (image) => image.gif({ effort: 3 }),
};

/** @param {Order["limits"]} limits */
const withLimits = ({ pixels, frames, seconds }) => {
  /** @type {(source: string, options?: import("sharp").SharpOptions) => Sharp} */
  const open = (source, options) =>
    sharp(source, { limitInputPixels: pixels, failOn: "error", sequentialRead: true, ...options }).timeout({
      seconds,
    });

  /** What the header promises is checked before a pixel is decoded. @type {(image: Sharp) => Promise<void>} */
  const requireBounds = async (image) => {
    const { width, height, pages = 1 } = await image.metadata();
    if (width * height > pixels || pages > frames) throw new Error("exceeds pixel limit");
  };

  /** @type {(source: string, side: number) => Sharp} */
  const shrink = (source, side) =>
    open(source).resize(side, side, { fit: "inside", withoutEnlargement: true });

  return {
    /** @type {(job: Extract<ImageJob, { name: "remake" }>) => Promise<ImageFacts>} */
    remake: async ({ type, source, target, thumbnail }) => {
      const original = open(source, { animated: type === "image/gif" || type === "image/webp" });
      await requireBounds(original);
      const encode = encoders[type] ?? ((image) => image);
      const info = await encode(original.autoOrient()).toFile(target);
      const { width } = info;
      const height = info.pageHeight ?? info.height;
      const hasThumbnail = Math.max(width, height) > thumbnailSide;
      if (hasThumbnail) await shrink(target, thumbnailSide).webp({ quality: 75 }).toFile(thumbnail);
      const blur = await shrink(hasThumbnail ? thumbnail : target, blurSide)
        .webp({ quality: 40 })
        .toBuffer();
      return { width, height, hasThumbnail, blur: `data:image/webp;base64,${blur.toString("base64")}` };
    },

    /** @type {(job: Extract<ImageJob, { name: "squares" }>) => Promise<null>} */
    squares: async ({ source, targets }) => {
      await requireBounds(open(source));
      for (const { side, target } of targets) {
        const square = open(source).autoOrient().resize(side, side, { fit: "cover" });
        await square.flatten({ background: "white" }).webp({ quality: 82 }).toFile(target);
      }
      return null;
    },
  };
};

/** @param {Report} report */
const tell = (report) => process.send?.(report);

/** @param {Order} order */
const work = async ({ job, limits }) => {
  // Decoding runs in other threads: this one keeps watch.
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > limits.memoryBytes) tell({ isOverMemory: true });
  }, memoryCheckMs);
  try {
    const does = withLimits(limits);
    tell({ value: job.name === "remake" ? await does.remake(job) : await does.squares(job) });
  } catch (error) {
    tell({ failure: error instanceof Error ? error.message : String(error) });
  } finally {
    clearInterval(watch);
  }
};

process.on("message", (/** @type {Order} */ order) => void work(order));
process.on("disconnect", () => process.exit());
// A terminal's Ctrl-C reaches us too: who started us still has to answer.
process.on("SIGINT", () => {});
try {
  // Where memory runs out, the kernel takes this process first.
  writeFileSync("/proc/self/oom_score_adj", "1000");
} catch {
  // no Linux
}

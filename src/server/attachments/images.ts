/**
 * Pictures are decoded and encoded anew, so that nothing is kept but their pixels: no location, no camera, no bytes that
 * something else could be read from. The threat is a file made to exhaust or to break the decoder: it is met by bounds on
 * pixels, frames, time and memory, by loading four decoders alone, and by processes of their own in which they run.
 */
import { AppError } from "~/shared/errors";
import { imageMaxPixels } from "~/shared/limits";
import { isDiskFull } from "./disk-space";
import { type ImageFacts, ImageWorkers } from "./image-workers";
import type { ImageType } from "./kind";

const workers = new ImageWorkers({
  pixels: imageMaxPixels,
  frames: 500,
  seconds: 20,
  totalSeconds: 45,
  /** Half as much again as the largest pictures take that we let in. */
  memoryBytes: 1024 ** 3,
  workers: 2,
  waiting: 64,
  idleSeconds: 60,
});

/**
 * Writes the picture at `source` anew: upright to `target`, and smaller to `thumbnail` where that makes a difference.
 *
 * @throws AppError `IMAGE_TOO_LARGE`, `IMAGE_UNREADABLE`, `UNAVAILABLE` where too many wait
 */
export const remakeImage = async (
  type: ImageType,
  files: { source: string; target: string; thumbnail: string },
): Promise<ImageFacts> => {
  const facts = await workers.run({ name: "remake", type, ...files }).catch(refuseImage);
  return facts ?? refuseImage(new Error("nothing came of it"));
};

/**
 * Cuts the middle square out of the picture at `source`, upright, and writes it to each target in that many pixels a side, as
 * WebP. Of a moving picture it is the first frame.
 *
 * @throws AppError as {@link remakeImage}
 */
export const cutSquares = async (
  source: string,
  targets: readonly { side: number; target: string }[],
): Promise<void> => {
  await workers.run({ name: "squares", source, targets }).catch(refuseImage);
};

const refuseImage = (cause: unknown): never => {
  if (cause instanceof AppError || isDiskFull(cause)) throw cause;
  const isTooLarge = cause instanceof Error && /exceeds pixel limit|timeout/i.test(cause.message);
  throw new AppError(isTooLarge ? "IMAGE_TOO_LARGE" : "IMAGE_UNREADABLE", { cause });
};

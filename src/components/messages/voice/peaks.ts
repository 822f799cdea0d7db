import { voiceMaxPeaks } from "~/shared/limits";

/** How loud it was at a moment of a recording. */
export interface Level {
  /** Milliseconds from its beginning. */
  readonly atMs: number;
  /** 0 to 100. */
  readonly loudness: number;
}

/** How loud some samples (-1 to 1) are, 0 to 100: the root of the highest, so that quiet speech is seen beside loud. */
export const loudnessOf = (samples: Float32Array): number => {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return Math.min(100, Math.round(Math.sqrt(highest) * 100));
};

/** Below this there is nothing but the noise of the room, which is not made to look like speech. */
const audible = 10;

/**
 * How loud each of `voiceMaxPeaks` equal parts of a recording is: its loudest moment, or what was last heard where no moment
 * of it was measured. As high as can be where it is loudest, however far the microphone was.
 *
 * @param levels in the order of time
 */
export const peaksOf = (levels: readonly Level[], durationMs: number): number[] => {
  const peaks: number[] = [];
  let next = 0;
  let last = levels[0]?.loudness ?? 0;
  for (let part = 1; part <= voiceMaxPeaks; part++) {
    let peak = -1;
    const end = part === voiceMaxPeaks ? Number.POSITIVE_INFINITY : (part * durationMs) / voiceMaxPeaks;
    for (let level = levels[next]; level && level.atMs < end; level = levels[next]) {
      last = level.loudness;
      peak = Math.max(peak, last);
      next += 1;
    }
    peaks.push(peak < 0 ? last : peak);
  }
  const highest = Math.max(...peaks);
  return highest < audible ? peaks : peaks.map((peak) => Math.round((peak / highest) * 100));
};

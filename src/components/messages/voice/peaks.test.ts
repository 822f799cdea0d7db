import { describe, expect, it } from "vitest";
import { voiceMaxPeaks } from "~/shared/limits";
import { loudnessOf, peaksOf } from "./peaks";

const levels = (...loudness: number[]) => loudness.map((one, index) => ({ atMs: index * 50, loudness: one }));

describe("loudnessOf", () => {
  it("goes from silence to as loud as can be, and no further", () => {
    expect(loudnessOf(new Float32Array(8))).toBe(0);
    expect(loudnessOf(new Float32Array([0.25, -0.1]))).toBe(50);
    expect(loudnessOf(new Float32Array([0.1, -1]))).toBe(100);
    expect(loudnessOf(new Float32Array([1.2]))).toBe(100);
  });
});

describe("peaksOf", () => {
  it("keeps the loudest of each part, in their order", () => {
    const quietThenLoud = levels(...Array<number>(100).fill(20), ...Array<number>(100).fill(80));
    const peaks = peaksOf(quietThenLoud, 10_000);
    expect(peaks).toHaveLength(voiceMaxPeaks);
    expect(peaks.slice(0, voiceMaxPeaks / 2)).toEqual(Array(voiceMaxPeaks / 2).fill(25));
    expect(peaks.slice(voiceMaxPeaks / 2)).toEqual(Array(voiceMaxPeaks / 2).fill(100));
  });

  it("leaves no hole where nothing was measured, as in a short recording or a tab in the background", () => {
    const peaks = peaksOf(levels(50, 100), 100);
    expect(new Set(peaks)).toEqual(new Set([50, 100]));
    expect(peaks.toSorted((a, b) => a - b)).toEqual(peaks);
    expect(peaksOf([{ atMs: 900, loudness: 60 }], 1_000)).toEqual(Array(voiceMaxPeaks).fill(100));
  });

  it("makes a quiet voice as high as a loud one, and no voice of silence", () => {
    expect(Math.max(...peaksOf(levels(5, 15, 30), 150))).toBe(100);
    expect(Math.max(...peaksOf(levels(0, 3, 1), 150))).toBe(3);
    expect(peaksOf([], 1_000)).toEqual(Array(voiceMaxPeaks).fill(0));
  });

  it("counts its very last moment, too", () => {
    expect(peaksOf(levels(0, 0, 100), 100).at(-1)).toBe(100);
  });
});

import { describe, expect, it } from "vitest";
import { closerScale, fitted, largestScale, moveBy, type Scene, zoomAround } from "./view";

/** A photo of twelve megapixels on a laptop's screen. */
const scene: Scene = {
  stage: { width: 1200, height: 700 },
  fitting: { width: 933, height: 700 },
  width: 4000,
};
const middle = { x: 0, y: 0 };

describe("zoomAround", () => {
  it("leaves in place what is under the pointer", () => {
    const point = { x: 200, y: -100 };
    const view = zoomAround(zoomAround(fitted, 2, middle, scene), 1.5, point, scene);
    // What was 200 px right of the middle at twice the size was 100 px of the fitting picture: now it is 300 px from its middle.
    expect(view).toEqual({ scale: 3, x: -100, y: 50 });
    expect(zoomAround(view, 1 / 1.5, point, scene)).toEqual({ scale: 2, x: 0, y: 0 });
  });

  it("goes no further than the picture has pixels, and no smaller than what fits", () => {
    expect(zoomAround(fitted, 1000, middle, scene).scale).toBe(largestScale(scene));
    expect(largestScale(scene)).toBeCloseTo(8.57, 2);
    expect(largestScale({ ...scene, width: 20, fitting: { width: 20, height: 20 } })).toBe(4);
    expect(zoomAround(fitted, 0.1, { x: 90, y: 90 }, scene)).toEqual(fitted);
  });

  it("brings a picture back to the middle as it gets small again", () => {
    const aside = moveBy(zoomAround(fitted, 4, middle, scene), { x: 5000, y: 5000 }, scene);
    expect(aside).toEqual({ scale: 4, x: (933 * 4 - 1200) / 2, y: 1050 });
    expect(zoomAround(aside, 0.25, middle, scene)).toEqual(fitted);
  });
});

describe("moveBy", () => {
  it("moves what is larger than the stage, up to its edges, and nothing else", () => {
    expect(moveBy(fitted, { x: 100, y: 100 }, scene)).toEqual(fitted);
    // Higher than the stage by now, and still narrower.
    const view = zoomAround(fitted, 1.2, middle, scene);
    expect(moveBy(view, { x: 100, y: 30 }, scene)).toEqual({ scale: 1.2, x: 0, y: 30 });
    expect(moveBy(view, { x: 0, y: -300 }, scene)).toEqual({ scale: 1.2, x: 0, y: -70 });
  });
});

describe("closerScale", () => {
  it("is the picture's own size, or twice what fits where that is about the same", () => {
    expect(closerScale(scene)).toBeCloseTo(4000 / 933, 5);
    expect(closerScale({ ...scene, width: 933 })).toBe(2);
  });
});

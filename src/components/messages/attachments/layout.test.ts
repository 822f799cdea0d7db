import { describe, expect, it } from "vitest";
import { captionWidthOf, frameOf, heightOfFiles, linesOf } from "./layout";
import type { ShownFile } from "./shown-file";

const file = (change: Partial<ShownFile> = {}): ShownFile => ({
  key: "key",
  name: "name",
  kind: "file",
  size: 1,
  width: null,
  height: null,
  blur: null,
  voice: null,
  ...change,
});
const picture = (width: number, height: number) => ({ ...file({ kind: "image" }), width, height });

describe("pictures on a timeline", () => {
  it("keep their shape, and grow neither past their own size nor past their place", () => {
    expect(frameOf(picture(200, 150))).toEqual({ width: 200, height: 150 });
    expect(frameOf(picture(4000, 3000))).toEqual({ width: 320, height: 240 });
    expect(frameOf(picture(600, 1800))).toEqual({ width: 113, height: 340 });
  });

  it("are never narrower than words under them need", () => {
    expect(frameOf(picture(600, 1800), { captioned: true })).toEqual({ width: 240, height: 340 });
    expect(frameOf(picture(4000, 3000), { captioned: true })).toEqual({ width: 320, height: 240 });
    expect(captionWidthOf([picture(600, 1800)])).toBe(240);
    expect(captionWidthOf([picture(300, 300)])).toBe(300);
    expect(captionWidthOf([picture(9, 9), picture(9, 9)])).toBe(320);
    expect(captionWidthOf([file()])).toBeNull();
  });

  it("stay large enough to be seen and pressed", () => {
    expect(frameOf(picture(3, 1))).toEqual({ width: 96, height: 96 });
    expect(frameOf(picture(5000, 10))).toEqual({ width: 320, height: 96 });
  });

  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10])("fill their lines, %i of them", (count) => {
    const { ofTwo, ofThree } = linesOf(count);
    expect(ofTwo * 2 + ofThree * 3).toBe(count);
    expect(Math.min(ofTwo, ofThree)).toBeGreaterThanOrEqual(0);
  });
});

describe("heightOfFiles", () => {
  it("adds up what stands below each other, with what is between", () => {
    expect(heightOfFiles([file(), file({ kind: "audio" })], 600)).toBe(48 + 4 + 48);
    expect(heightOfFiles([picture(4000, 3000), file()], 600)).toBe(240 + 4 + 48);
    expect(heightOfFiles([picture(9, 9), picture(9, 9)], 600)).toBe(158);
  });

  it("shrinks with a narrow screen", () => {
    expect(heightOfFiles([picture(4000, 3000)], 240)).toBe(180);
    expect(heightOfFiles([file({ kind: "video" })], 160)).toBe(90);
  });
});

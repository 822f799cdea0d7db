import fc from "fast-check";
import { expect, it } from "vitest";
import { aimWithin, furthestZoom, moveBy, squareAt, wholeSquare } from "./square-cut";

const wide = { width: 800, height: 600 };

it("begins with the largest square of the middle", () => {
  expect(squareAt(wide, wholeSquare)).toEqual({ left: 100, top: 0, side: 600 });
});

it("moves as the picture is dragged, as far as there is picture", () => {
  // To the right by a tenth of the square: what was left of it comes in.
  expect(squareAt(wide, moveBy(wide, wholeSquare, 0.1, 0))).toEqual({ left: 40, top: 0, side: 600 });
  expect(squareAt(wide, moveBy(wide, wholeSquare, 5, 5))).toEqual({ left: 0, top: 0, side: 600 });
  expect(squareAt(wide, moveBy(wide, wholeSquare, -5, 0))).toEqual({ left: 200, top: 0, side: 600 });
});

it("goes in on the middle of what is shown, and stays within the picture on its way out", () => {
  expect(squareAt(wide, { ...wholeSquare, zoom: 2 })).toEqual({ left: 250, top: 150, side: 300 });
  const corner = moveBy(wide, { ...wholeSquare, zoom: 2 }, 9, 9);
  expect(squareAt(wide, corner)).toEqual({ left: 0, top: 0, side: 300 });
  expect(squareAt(wide, aimWithin(wide, { ...corner, zoom: 1 }))).toEqual({ left: 0, top: 0, side: 600 });
});

it("never leaves the picture", () => {
  const side = fc.integer({ min: 1, max: 9000 });
  const share = fc.double({ min: -2, max: 2, noNaN: true });
  const zoom = fc.double({ min: 0, max: 9, noNaN: true });
  fc.assert(
    fc.property(side, side, share, share, zoom, share, share, (width, height, x, y, zoom, across, down) => {
      const size = { width, height };
      const aim = moveBy(size, aimWithin(size, { x, y, zoom }), across, down);
      const square = squareAt(size, aim);
      const slack = 1e-6 * Math.max(width, height);
      expect(square.side).toBeLessThanOrEqual(Math.min(width, height));
      expect(square.side).toBeGreaterThanOrEqual(Math.min(width, height) / furthestZoom);
      expect(square.left).toBeGreaterThanOrEqual(-slack);
      expect(square.top).toBeGreaterThanOrEqual(-slack);
      expect(square.left + square.side).toBeLessThanOrEqual(width + slack);
      expect(square.top + square.side).toBeLessThanOrEqual(height + slack);
    }),
  );
});

import type { Locator, Page } from "@playwright/test";

type Point = { x: number; y: number };

/** Fingers on a screen: each goes along its own way, all at once. */
export const touch = async (page: Page, ...ways: { from: Point; to: Point }[]): Promise<void> => {
  const screen = await page.context().newCDPSession(page);
  const steps = 8;
  const at = (part: number) =>
    ways.map(({ from, to }, id) => ({
      id,
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
    }));
  await screen.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (let step = 1; step <= steps; step += 1) {
    await screen.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(step / steps) });
  }
  await screen.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await screen.detach();
};

/** A finger that rests on it until its menu comes. */
export const longPress = (target: Locator): Promise<void> =>
  target.dispatchEvent("pointerdown", { pointerType: "touch", isPrimary: true, clientX: 99, clientY: 99 });

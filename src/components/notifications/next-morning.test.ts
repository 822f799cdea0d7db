import { expect, it } from "vitest";
import { nextMorning } from "./next-morning";

it.each([
  [new Date(2026, 10, 22, 23, 59), new Date(2026, 10, 23, 8)],
  [new Date(2026, 10, 22, 9, 0), new Date(2026, 10, 23, 8)],
  [new Date(2026, 10, 22, 4, 59), new Date(2026, 10, 22, 8)],
  [new Date(2026, 11, 31, 12, 0), new Date(2027, 0, 1, 8)],
])("at %s it is %s", (now, morning) => {
  expect(nextMorning(now)).toEqual(morning);
});

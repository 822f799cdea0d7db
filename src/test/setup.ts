import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

// A line nobody expected is a finding: a warning of React's, a failure nobody handled, a forgotten print.
let spies: MockInstance[] = [];

beforeEach(() => {
  const methods = ["log", "info", "warn", "error", "debug"] as const;
  spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => {}));
});

afterEach(() => {
  const printed = spies.flatMap((spy) => spy.mock.calls);
  expect(printed, "unexpected console output: a test that expects some clears its spy").toEqual([]);
});

// Node says so when listeners pile up: the beginning of every leak.
const leaks: Error[] = [];
process.on("warning", (warning) => {
  if (warning.name === "MaxListenersExceededWarning") leaks.push(warning);
});

afterEach(() => {
  expect(leaks.splice(0), "listeners that pile up").toEqual([]);
});

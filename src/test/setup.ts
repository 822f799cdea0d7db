import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, vi } from "vitest";

// Files share a process, and with it the packages, which take longer to load than most files take to run. Nothing of ours
// is shared: each file begins with modules and globals of its own.
afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  const servers = process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap");
  expect(servers, "servers that this file, or one before it in the process, left open").toEqual([]);
});

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
const onWarning = (warning: Error): void => {
  if (warning.name === "MaxListenersExceededWarning") leaks.push(warning);
};

beforeAll(() => {
  process.on("warning", onWarning);
});

afterEach(() => {
  expect(leaks.splice(0), "listeners that pile up").toEqual([]);
});

afterAll(() => {
  process.off("warning", onWarning);
});

import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { Signal } from "./signal";

describe("a signal", () => {
  it("wakes who waits, and who comes after it was raised", async () => {
    const { signal: abort } = new AbortController();
    const signal = new Signal();
    const waiting = signal.wait(abort);
    signal.raise();
    await waiting;
    signal.raise();
    await signal.wait(abort);
  });

  it("ends with the stream it serves, and leaves nothing on it after a thousand waits", async () => {
    const controller = new AbortController();
    const signal = new Signal();
    for (let wait = 0; wait < 1_000; wait += 1) {
      const waiting = signal.wait(controller.signal);
      signal.raise();
      await waiting;
    }
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    const waiting = signal.wait(controller.signal);
    controller.abort();
    await waiting;
    await signal.wait(controller.signal);
  });
});

import type { Scenario } from "../scenario";
import { measureSocketsMemory, type SocketsMemory } from "../sockets-memory";
import { fitLine } from "../statistics";

export const idle: Scenario = {
  id: "idle",
  what: "memory of sockets that are signed in, listen to one room and say nothing",
  run: async ({ installation, isQuick, log }) => {
    const steps = isQuick ? [500, 1_000] : [1_000, 5_000, 10_000];
    const { ours, bare } = await measureSocketsMemory(installation, steps);
    for (const { sockets, rss, heap } of ours) {
      const [each, heapEach] = [rss / sockets, heap / sockets];
      log(
        `${sockets} sockets: ${each.toFixed(1)} kB each in memory, ${heapEach.toFixed(1)} kB of it in the heap`,
      );
    }
    /** What each more costs: the first ones also pay for code and buffers that they share. */
    const slope = (found: SocketsMemory[], kind: "rss" | "heap") =>
      fitLine(found.map((one) => ({ x: one.sockets, y: one[kind] }))).slope;
    return {
      rows: [
        {
          name: `a socket more, idle with a subscription, from ${steps[0]} to ${steps.at(-1)}`,
          value: slope(ours, "rss"),
          unit: "kB",
          baseline: slope(bare, "rss"),
          goal: { value: 20, isAtMost: true },
          detail: `${slope(ours, "heap").toFixed(1)} kB in the heap`,
        },
      ],
    };
  },
};

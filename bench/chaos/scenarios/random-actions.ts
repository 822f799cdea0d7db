import fc from "fast-check";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import { replay, steps } from "~/test/random-actions";
import { openNode } from "../local-node";
import type { Scenario } from "../scenario";

/** Sequences played at a time. */
const lanes = 2;

export const randomActions: Scenario = {
  id: "R17",
  what: "random actions by three people: the state built from events against a fresh fetch",
  inShort: false,
  run: async ({ rig, seed, isShort, sequences = isShort ? 20 : 500 }) => {
    const hub = createMemoryHub();
    await using first = openNode(rig, createMemoryBackplane(hub));
    await using second = openNode(rig, createMemoryBackplane(hub));
    let played = 0;
    const property = fc.asyncProperty(steps, async (sequence) => {
      await replay([first, second], sequence);
      played += 1;
    });
    const runs = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        fc.check(property, {
          numRuns: Math.ceil(sequences / lanes),
          seed: seed * lanes + lane,
          endOnFailure: true,
        }),
      ),
    );
    const failures = runs.filter(({ failed }) => failed);
    for (const { counterexample, errorInstance } of failures)
      console.log("    ", JSON.stringify(counterexample), errorInstance);
    return [{ what: `${played} sequences; differences`, value: failures.length, limit: 0 }];
  },
};

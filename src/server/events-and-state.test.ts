import fc from "fast-check";
import { expect, it } from "vitest";
import { replay, steps } from "~/test/random-actions";
import { testRuntime } from "~/test/runtime";

/** A taste; `npm run chaos -- --only R17` plays thousands. */
const sequences = 15;

it("a state built from events equals a fresh fetch, whatever people do", { timeout: 60_000 }, async () => {
  await using first = await testRuntime();
  await using second = await testRuntime();
  let played = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await replay([first, second], sequence);
      played += 1;
    }),
    { numRuns: sequences, endOnFailure: true },
  );
  expect(played).toBe(sequences);
});

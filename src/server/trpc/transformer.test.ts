import fc from "fast-check";
import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { serialize } from "./transformer";

const text = (value: unknown) => JSON.stringify(value);

/** What answers are made of, and now and then something that they are not. */
const { value: answers } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.date(),
    fc.constant(undefined),
    fc.bigInt(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("a.b", "a\\b", "createdAt")), tie("value"), {
      maxKeys: 4,
    }),
    fc.constant(new Map([["a", new Set([1])]])),
  ),
}));

describe("serialize", () => {
  it("writes what superjson writes", () => {
    fc.assert(
      fc.property(answers, (value) => {
        expect(text(serialize(value))).toBe(text(superjson.serialize(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is read by superjson", () => {
    const page = {
      items: [
        { at: new Date(0), by: null },
        { at: null, by: { at: new Date(1) } },
      ],
      rev: 3,
    };
    expect(superjson.parse(text(serialize(page)))).toEqual(page);
  });
});

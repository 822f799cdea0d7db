import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, it } from "vitest";
import { openApiDocument } from "./openapi";
import { operations } from "./operations";

it("is a valid OpenAPI 3.1 document, by a strict linter", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(openApiDocument()), config });
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`),
  ).toEqual([]);
});

it("shows bodies that the operations accept", () => {
  for (const { id, example, input } of operations) {
    if (!example) continue;
    const fields = Object.keys(example);
    const shape = Object.fromEntries(fields.map((name) => [name, input.shape[name]]));
    for (const name of fields)
      expect(shape[name]?.safeParse(example[name]).success, `${id} ${name}`).toBe(true);
  }
});

import { expect, it } from "vitest";
import { indexesOf, type PlanStep, scansWhole } from "./plans";

const plan: PlanStep = {
  "Node Type": "Limit",
  Plans: [
    {
      "Node Type": "Nested Loop",
      Plans: [
        {
          "Node Type": "Index Scan",
          "Relation Name": "Message",
          "Index Name": "Message_createdAt_id_idx",
        },
        { "Node Type": "Seq Scan", "Relation Name": "User" },
        {
          "Node Type": "Bitmap Heap Scan",
          "Relation Name": "Message",
          Plans: [{ "Node Type": "Bitmap Index Scan", "Index Name": "Message_createdAt_id_idx" }],
        },
      ],
    },
  ],
};

it("names the indexes of a plan once, however deep they are", () => {
  expect(indexesOf(plan)).toEqual(["Message_createdAt_id_idx"]);
});

it("sees which table is read from its beginning to its end", () => {
  expect(scansWhole(plan, "User")).toBe(true);
  expect(scansWhole(plan, "Message")).toBe(false);
});

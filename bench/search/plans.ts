import { Prisma } from "~/generated/prisma/client";
import type { Db, Tx } from "~/server/infra/db";

/** A step of a plan, as `EXPLAIN (FORMAT JSON)` has it: what we read of it. */
export interface PlanStep {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanStep[];
}

const stepsOf = (step: PlanStep): PlanStep[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

/** The indexes that a plan goes by, each once. */
export const indexesOf = (plan: PlanStep): string[] => [
  ...new Set(stepsOf(plan).flatMap((step) => step["Index Name"] ?? [])),
];

/** Whether a plan reads this table from its beginning to its end. */
export const scansWhole = (plan: PlanStep, table: string): boolean =>
  stepsOf(plan).some((step) => step["Node Type"] === "Seq Scan" && step["Relation Name"] === table);

/** The client, or a transaction of it, which hands over the plan of each statement before it runs it. */
export const explaining = <T extends Tx>(db: T, onPlan: (plan: PlanStep) => void): T =>
  new Proxy(db, {
    get: (target, key) => {
      if (key === "$transaction") {
        return (work: (tx: Tx) => Promise<unknown>) =>
          (target as unknown as Db).$transaction((tx) => work(explaining(tx, onPlan)));
      }
      if (key !== "$queryRaw") return Reflect.get(target, key);
      return async (first: Prisma.Sql | TemplateStringsArray, ...rest: unknown[]) => {
        const statement = first instanceof Prisma.Sql ? first : Prisma.sql(first, ...rest);
        const [answer] = await target.$queryRaw<{ "QUERY PLAN": { Plan: PlanStep }[] }[]>(
          Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`,
        );
        for (const { Plan } of answer?.["QUERY PLAN"] ?? []) onPlan(Plan);
        return target.$queryRaw(statement);
      };
    },
  });

import { createHash } from "node:crypto";
import type pg from "pg";
import { Prisma, type PrismaClient } from "~/generated/prisma/client";

/** A statement as Prisma takes it: a template, or what `Prisma.sql` made. */
type Statement = [Prisma.Sql] | [TemplateStringsArray, ...unknown[]];

/** What a pooler answers that does not keep prepared statements: unknown, or made by somebody else already. */
const isNameRefusal = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "26000" || error.code === "42P05");

/** Texts that are kept prepared; a statement past them, made of a list of some length perhaps, is planned each time. */
const preparedAtMost = 500;

/** Runs statements on the pool, each prepared once on every connection. */
const runOn = (pool: pg.Pool) => {
  /** By its text. A name says all of the text, so that behind a pooler nobody runs another's statement under it. */
  const names = new Map<string, string>();
  let isNaming = true;

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || !isNaming || names.size >= preparedAtMost) return known;
    const name = createHash("sha256").update(text).digest("base64url");
    names.set(text, name);
    return name;
  };

  return async ([first, ...rest]: Statement): Promise<pg.QueryResult> => {
    const { text, values } = first instanceof Prisma.Sql ? first : Prisma.sql(first, ...rest);
    const name = nameOf(text);
    if (!name) return pool.query({ text, values });
    try {
      return await pool.query({ name, text, values });
    } catch (error) {
      if (!isNameRefusal(error)) throw error;
      isNaming = false;
      names.clear();
      return pool.query({ text, values });
    }
  };
};

/**
 * The client with raw queries by the driver itself: the same results for an eighth of the processor time, since Prisma's
 * way leads through its query engine and has every statement planned anew. In transactions they stay Prisma's.
 */
export const withRawQueries = (client: PrismaClient, pool: pg.Pool): PrismaClient => {
  const run = runOn(pool);
  const direct = new Map<PropertyKey, unknown>([
    ["$queryRaw", async (...statement: Statement) => (await run(statement)).rows],
    ["$executeRaw", async (...statement: Statement) => (await run(statement)).rowCount ?? 0],
    // The pool is ours: Prisma may never have used it.
    ["$disconnect", () => client.$disconnect().then(() => pool.end())],
  ]);
  // Not set on the client: its transactions inherit what it has, and would run these outside of themselves.
  return new Proxy(client, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key);
      return direct.get(key) ?? (typeof own === "function" ? own.bind(target) : own);
    },
  });
};

import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "~/generated/prisma/client";
import { Pool } from "./pool";
import { withRawQueries } from "./raw-queries";

export type Db = PrismaClient;
/** A transaction of {@link Db}, or the client itself. */
export type Tx = Prisma.TransactionClient;

/** How long anything waits for PostgreSQL before it answers UNAVAILABLE. Without these, Prisma's pool waits for ever. */
const timeouts = { connectMs: 2_000, queryMs: 2_500, transactionWaitMs: 2_000, transactionMs: 5_000 };

/** Connects lazily; the pool heals by itself after PostgreSQL was away. */
export const createDb = (databaseUrl: string, { poolSize = 10 }: { poolSize?: number } = {}): Db => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: timeouts.connectMs,
    query_timeout: timeouts.queryMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: timeouts.transactionWaitMs, timeout: timeouts.transactionMs },
    errorFormat: "minimal",
  });
  return withRawQueries(client, pool);
};

// P1xxx: cannot connect, timed out, connection closed. P2024: pool timed out. P2028: transaction API (timed out, gone).
// PostgreSQL's own: connection exceptions, too many connections, shut down or starting. Node's: nobody listens there.
const unavailableCodes = /^(P1\d{3}|P2024|P2028|08\w{3}|53300|57P0[123]|ECONN\w+|EPIPE|ETIMEDOUT)$/;
const unavailableTexts =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|timeout exceeded|Query read timeout|Connection terminated|is not queryable|terminating connection|the database system is|Server has closed the connection/i;

/** Whether `error` says that PostgreSQL is away or too slow, rather than that a query was wrong. */
export const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const code: unknown = "code" in error ? error.code : undefined;
  if (typeof code === "string" && unavailableCodes.test(code)) return true;
  return unavailableTexts.test(error.message) || isUnavailable(error.cause);
};

/** Whether `error` is the violation of a unique constraint. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "P2002" || error.code === "23505");

/** Whether `error` says that another transaction of the same moment was first, or that both waited for each other. */
export const isRace = (error: unknown): boolean =>
  isUniqueViolation(error) ||
  (error instanceof Error && "code" in error && (error.code === "40P01" || error.code === "P2034"));

/** A text that LIKE takes for itself, wildcards and all. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

import { pino } from "pino";

export type Log = pino.Logger;

/** PostgreSQL and JSON.parse quote in their messages what they were given, which people may have typed. */
const blankQuotes = (text: string | undefined): string | undefined => text?.replace(/"[^"]*"?/g, '"…"');

/** What errors carry besides these (Prisma's `meta`, a driver's `detail`) can hold what people typed. */
const describeError = (error: unknown): unknown =>
  error instanceof Error
    ? {
        type: error.name,
        code: "code" in error ? error.code : undefined,
        stack: blankQuotes(error.stack),
        cause: describeError(error.cause),
      }
    : undefined;

/** Structured lines, on standard output unless told otherwise. Never given a body, a password, a token or a cookie. */
export const createLog = (level: string, destination?: pino.DestinationStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
};

import { createLog, type Log } from "~/server/infra/log";

/** A log that keeps every line it is given, at every level. */
export const keptLog = (): { log: Log; lines: string[] } => {
  const lines: string[] = [];
  return { log: createLog("trace", { write: (line) => lines.push(line) }), lines };
};

import { readFileSync } from "node:fs";

/** Ticks a second of /proc's clocks: `getconf CLK_TCK`, 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Milliseconds of processor time that a process has used so far, in user and in system mode, all threads. */
export const cpuMsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the command in parentheses, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
};

/** Bytes of a process that are in memory. */
export const rssOf = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
};

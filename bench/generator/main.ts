// The load generator: a process of its own, so that what it costs is not counted as the servers'.
import { type FanOutJob, runFanOut } from "./fan-out";
import { closeIdle, type IdleJob, runIdle } from "./idle";
import { type InsertsJob, runInserts } from "./inserts";
import { type PagesJob, runPages } from "./pages";
import { runSends, type SendsJob } from "./sends";
import { runSignIns, type SignInsJob } from "./sign-ins";

export type Job = FanOutJob | SendsJob | InsertsJob | IdleJob | PagesJob | SignInsJob | { task: "closeIdle" };

const run = (job: Job): Promise<unknown> => {
  if (job.task === "fanOut") return runFanOut(job);
  if (job.task === "sends") return runSends(job);
  if (job.task === "inserts") return runInserts(job);
  if (job.task === "pages") return runPages(job);
  if (job.task === "signIns") return runSignIns(job);
  if (job.task === "idle") return runIdle(job);
  return closeIdle();
};

/** Jobs may overlap: an answer names its question. */
export interface Question {
  number: number;
  job: Job;
}
export type Answer = { number: number } & ({ ok: unknown } | { error: string });

process.on("message", async ({ number, job }: Question) => {
  const answer = (rest: { ok: unknown } | { error: string }) =>
    process.send?.({ number, ...rest } satisfies Answer);
  try {
    answer({ ok: await run(job) });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

import { Agent, get } from "node:http";
import { cpuMsOf } from "../process-usage";
import { type Percentiles, percentiles } from "../statistics";

export interface PagesJob {
  task: "pages";
  serverPid: number;
  /** Asked one after the other, again and again, each with this cookie. */
  urls: string[];
  cookie: string;
  connections: number;
  warmSeconds: number;
  seconds: number;
}

export interface PagesResult {
  perSecond: number;
  cpuMicros: number;
  ms: Percentiles;
  /** Of an answer, on the wire. */
  bytes: number;
  refused: number;
}

export const runPages = async (job: PagesJob): Promise<PagesResult> => {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections });
  let [turn, bytes, refused] = [0, 0, 0];
  let times: number[] = [];
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const url = job.urls[turn % job.urls.length] ?? "";
      turn += 1;
      const began = performance.now();
      const request = get(url, { agent, headers: { cookie: job.cookie } }, (response) => {
        if (response.statusCode !== 200) refused += 1;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.once("end", () => {
          times.push(performance.now() - began);
          resolve();
        });
      });
      request.once("error", reject);
    });
  const askFor = async (seconds: number) => {
    const end = performance.now() + seconds * 1_000;
    const loop = async () => {
      while (performance.now() < end) await ask();
    };
    await Promise.all(Array.from({ length: job.connections }, loop));
  };
  await askFor(job.warmSeconds);
  [times, bytes] = [[], 0];
  const [cpuBefore, began] = [cpuMsOf(job.serverPid), performance.now()];
  await askFor(job.seconds);
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return {
    perSecond: times.length / seconds,
    cpuMicros: ((cpuMsOf(job.serverPid) - cpuBefore) * 1_000) / times.length,
    ms: percentiles(times),
    bytes: bytes / times.length,
    refused,
  };
};

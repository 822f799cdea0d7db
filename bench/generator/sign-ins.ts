import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Percentiles, percentiles } from "../statistics";

export interface SignInsJob {
  task: "signIns";
  /** Of the chat. */
  http: string;
  /** Each signs in in turn, from an address of their own. */
  usernames: string[];
  password: string;
  /** So many at a time, each as soon as the last one is answered; or so many a second, answered or not. */
  pace: { atOnce: number } | { perSecond: number };
  warmSeconds: number;
  seconds: number;
}

export interface SignInsResult {
  /** That began a session. */
  perSecond: number;
  /** Of those. */
  ms: Percentiles;
  /** Told to come back later. */
  turnedAway: number;
  /** Answered in any other way, or not at all. */
  refused: number;
}

const unavailable = 503;

/** An address that nobody else has: of how many sign-ins come from one there is a limit. */
const addressOf = (turn: number): string => `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`;

export const runSignIns = async (job: SignInsJob): Promise<SignInsResult> => {
  const { http, usernames, password, pace } = job;
  const agent = new Agent({ keepAlive: true });
  let [turn, turnedAway, refused] = [0, 0, 0];
  let times: number[] = [];

  const signIn = (): Promise<void> =>
    new Promise((resolve) => {
      const username = usernames[turn % usernames.length];
      turn += 1;
      const began = performance.now();
      const headers = { "content-type": "application/json", "x-forwarded-for": addressOf(turn) };
      const asked = request(
        `${http}/api/trpc/auth.signIn`,
        { method: "POST", agent, headers },
        (response) => {
          response.resume().once("end", () => {
            const { statusCode, headers } = response;
            if (statusCode === 200 && headers["set-cookie"]) times.push(performance.now() - began);
            else if (statusCode === unavailable) turnedAway += 1;
            else refused += 1;
            resolve();
          });
        },
      );
      asked.once("error", () => {
        refused += 1;
        resolve();
      });
      asked.end(JSON.stringify({ json: { username, password } }));
    });

  const signInFor = async (seconds: number): Promise<void> => {
    const began = performance.now();
    const isOver = () => performance.now() - began >= seconds * 1_000;
    if ("atOnce" in pace) {
      const loop = async (): Promise<void> => {
        while (!isOver()) await signIn();
      };
      await Promise.all(Array.from({ length: pace.atOnce }, loop));
      return;
    }
    const asked: Promise<void>[] = [];
    while (!isOver()) {
      const due = ((performance.now() - began) / 1_000) * pace.perSecond;
      while (asked.length < due) asked.push(signIn());
      await sleep(5);
    }
    await Promise.all(asked);
  };

  await signInFor(job.warmSeconds);
  [times, turnedAway] = [[], 0];
  const began = performance.now();
  await signInFor(job.seconds);
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return { perSecond: times.length / seconds, ms: percentiles(times), turnedAway, refused };
};

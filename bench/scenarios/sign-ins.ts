import { once } from "node:events";
import path from "node:path";
import { hashPassword } from "~/server/auth/password";
import type { HashesJob } from "../bare/hashes";
import type { FanOutJob, FanOutResult } from "../generator/fan-out";
import type { SignInsJob, SignInsResult } from "../generator/sign-ins";
import { cores, endOf, forkPinned } from "../pinned";
import { addWrong, onlyRefused, type Scenario } from "../scenario";
import { seedGroups, seedPeople } from "../seed";

const password = "tortuga lenta bajo el sol";
/** As many as the server works on (src/server/auth/password.ts). */
const hashedAtOnce = 2;
/** More than that, and fewer than it turns away. */
const signInsAtOnce = 8;
/** So many that the flood stays below what an account may try. */
const accounts = 1_200;
/** Of what the server can take. */
const floodFactor = 5;
const [rooms, readers, sendsPerRoom] = [4, 25, 5];

const measureBareHashes = async (job: HashesJob): Promise<number> => {
  const child = forkPinned(path.join(import.meta.dirname, "..", "bare", "hashes.ts"), cores.server);
  try {
    child.send(job);
    const [{ perSecond }] = (await once(child, "message")) as [{ perSecond: number }];
    return perSecond;
  } finally {
    await endOf(child);
  }
};

export const signIns: Scenario = {
  id: "sign-ins",
  what: "sign-ins against bare argon2id, and the chat while far more want in than it can take",
  run: async ({ installation, isQuick, log }) => {
    const seconds = isQuick ? 4 : 10;
    const warmSeconds = isQuick ? 1 : 4;
    const passwordHash = await hashPassword(password);
    const bare = await measureBareHashes({ passwordHash, password, atOnce: hashedAtOnce, seconds });

    const { ids, cookies } = await seedPeople(installation, accounts);
    await installation.db.user.updateMany({ where: { id: { in: ids } }, data: { passwordHash } });
    const people = await installation.db.user.findMany({
      where: { id: { in: ids } },
      select: { username: true },
    });
    const chat = await installation.startChat();
    const job: Omit<SignInsJob, "pace"> = {
      task: "signIns",
      http: chat.http,
      usernames: people.map(({ username }) => username),
      password,
      warmSeconds,
      seconds,
    };
    const steady = await installation.ask<SignInsResult>({ ...job, pace: { atOnce: signInsAtOnce } });
    log(
      `${cookies.length} people, ${signInsAtOnce} at a time: ${steady.perSecond.toFixed(1)} sign-ins a second`,
    );

    const write = async () =>
      installation.ask<FanOutResult>({
        task: "fanOut",
        kind: "charla",
        serverPid: chat.pid,
        url: chat.ws,
        rooms: await seedGroups(installation, rooms, readers),
        rate: sendsPerRoom,
        warmSeconds,
        seconds,
      } satisfies FanOutJob);
    const alone = await write();
    const perSecond = Math.round(steady.perSecond * floodFactor);
    const flood = installation.ask<SignInsResult>({
      ...job,
      pace: { perSecond },
      // From before the first message until after the last.
      warmSeconds: 0,
      seconds: warmSeconds + seconds + 2,
    });
    const [flooded, entered] = await Promise.all([write(), flood]);
    log(
      `sends acknowledged after ${alone.acks.p50.toFixed(1)} ms, p99 ${alone.acks.p99.toFixed(1)} ms; with ${perSecond} sign-ins a second asked for ${flooded.acks.p50.toFixed(1)}, ${flooded.acks.p99.toFixed(1)} ms`,
    );
    return {
      rows: [
        {
          name: "sign-ins, on the one core of the server",
          value: steady.perSecond,
          unit: "/s",
          baseline: bare,
          goal: { ratio: 0.8, isAtMost: false },
          latency: steady.ms,
          wrong: onlyRefused(steady.refused),
          detail: `the baseline is argon2id alone, ${hashedAtOnce} at a time`,
        },
        {
          name: `sends during a flood of ${perSecond} sign-ins/s: p99 to the acknowledgement; without the flood`,
          value: flooded.acks.p99,
          unit: "ms",
          baseline: alone.acks.p99,
          goal: { value: 100, isAtMost: true },
          latency: flooded.acks,
          wrong: addWrong(alone.wrong, flooded.wrong, onlyRefused(entered.refused)),
          detail: `${entered.perSecond.toFixed(1)} sign-ins/s let in, ${entered.turnedAway} turned away; ${rooms * sendsPerRoom} sends/s to ${readers} readers each`,
        },
      ],
    };
  },
};

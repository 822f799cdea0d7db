import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Child } from "./child";
import type { Random } from "./random";
import type { Rig } from "./rig";
import { until } from "./until";

/** Does its harm, and resolves when that is over. */
type Fault = (rig: Rig, random: Random) => Promise<void>;

/** Killed without a word, and started again a moment later. */
const kill =
  (childOf: (rig: Rig) => Child | undefined): Fault =>
  async (rig, random) => {
    const child = childOf(rig);
    await child?.signal("SIGKILL");
    await sleep(random.between(200, 1_500));
    await child?.start();
  };

/** Told to stop, as when a new version is rolled out, and started again. */
const restart =
  (childOf: (rig: Rig) => Child | undefined): Fault =>
  async (rig) => {
    const child = childOf(rig);
    await child?.signal("SIGTERM");
    await child?.start();
  };

const freeze =
  (childOf: (rig: Rig) => Child | undefined, ms: [number, number]): Fault =>
  async (rig, random) => {
    const child = childOf(rig);
    await child?.signal("SIGSTOP");
    await sleep(random.between(...ms));
    await child?.signal("SIGCONT");
  };

const onRedis = async (rig: Rig, work: (redis: Redis) => Promise<unknown>): Promise<void> => {
  const redis = new Redis(rig.urls.redis, { lazyConnect: true });
  try {
    await redis.connect();
    await work(redis);
  } finally {
    redis.disconnect();
  }
};

/** Everything that is done to the rig, by the name it is reported under. */
export const faults = {
  "kill web 1": kill(({ web }) => web[0]),
  "kill web 2": kill(({ web }) => web[1]),
  "kill ws 1": kill(({ ws }) => ws[0]),
  "kill ws 2": kill(({ ws }) => ws[1]),
  "kill redis": kill(({ redis }) => redis),
  "kill postgres": async (rig) => {
    rig.postgres.kill();
    // It is started again by itself. A node that is started meanwhile would give up, and be its keeper's to start again.
    await until("PostgreSQL answers", () => rig.postgres.answers());
  },
  "freeze redis": freeze(({ redis }) => redis, [2_000, 6_000]),
  "freeze postgres": async (rig, random) => {
    rig.postgres.signal("SIGSTOP");
    await sleep(random.between(1_000, 4_000));
    rig.postgres.signal("SIGCONT");
  },
  "freeze ws 1": freeze(({ ws }) => ws[0], [1_000, 3_000]),
  "restart web 1": restart(({ web }) => web[0]),
  "restart web 2": restart(({ web }) => web[1]),
  "restart ws 1": restart(({ ws }) => ws[0]),
  "restart ws 2": restart(({ ws }) => ws[1]),
  "flush redis": (rig) => onRedis(rig, (redis) => redis.flushall()),
  "cut the subscribers of redis": (rig) => onRedis(rig, (redis) => redis.client("KILL", "TYPE", "PUBSUB")),
  "cut every socket": async ({ doors }) => doors.ws.cut(),
  "cut every connection": async ({ doors, toPostgres, toRedis }) => {
    for (const proxy of [doors.web, doors.ws, toPostgres, toRedis]) proxy.cut();
  },
  "drop a fifth of the answers": async ({ doors }, random) => {
    doors.web.weather.dropAnswers = 0.2;
    doors.ws.weather.dropAnswers = 0.02; // a socket lost with every fiftieth event
    await sleep(random.between(2_000, 4_000));
    doors.web.calm();
    doors.ws.calm();
  },
  "lose a third of the events": async ({ events }, random) => {
    events.rate = 0.3;
    await sleep(random.between(2_000, 4_000));
    events.rate = 0;
  },
  "lose every event": async ({ events }, random) => {
    events.rate = 1;
    await sleep(random.between(2_000, 4_000));
    events.rate = 0;
  },
  "slow network": async ({ doors, toPostgres, toRedis }, random) => {
    doors.web.weather.delayMs = random.between(20, 200);
    doors.ws.weather.delayMs = random.between(20, 200);
    toRedis.weather.delayMs = random.between(5, 50);
    toPostgres.weather.delayMs = random.between(1, 10);
    await sleep(random.between(2_000, 4_000));
    for (const proxy of [doors.web, doors.ws, toRedis, toPostgres]) proxy.calm();
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

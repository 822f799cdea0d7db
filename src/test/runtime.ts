import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { Storage } from "~/server/attachments/storage";
import { createRuntime, type OwnedRuntime } from "~/server/create-runtime";
import { createLog, type Log } from "~/server/infra/log";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import { createRedisBackplane } from "~/server/infra/redis";
import type { Backplane } from "~/server/realtime/backplane";
import { testDatabase } from "./database";
import { testStorage } from "./storage";

export const testSecretKey = "a key of the tests, which keeps nothing";

/** This file's own corner of Redis, and what stands for it where there is none. */
const prefix = `charla-test:${randomUUID()}:`;
const hub = createMemoryHub();

/** The configuration of a process that shares this file's backplane, where it is one that can be shared. */
export const redisEnv = (): Record<string, string> => {
  const url = inject("redisUrl");
  return url ? { REDIS_URL: url, REDIS_PREFIX: prefix } : {};
};

const openBackplane = async (log: Log): Promise<Backplane> => {
  const url = inject("redisUrl");
  if (!url) return createMemoryBackplane(hub);
  const backplane = createRedisBackplane({ url, prefix, log });
  if (!(await backplane.ready())) throw new Error("REDIS_URL: no Redis answers there");
  return backplane;
};

/**
 * A node on this test file's database and backplane; two of them are two nodes of one installation.
 * `await using node = await testRuntime()`
 *
 * @param data another database and storage than the file's own
 * @param log where it writes; by default nowhere
 * @param accessTokenMinutes how long the tokens of programs are good for
 * @param backplane another backplane than the file's own, as one that loses messages
 * @param pushHosts push services that may be on this machine
 */
export const testRuntime = async ({
  backplane,
  data,
  log = createLog("silent"),
  accessTokenMinutes = 15,
  pushHosts = [],
}: {
  backplane?: Backplane;
  data?: { databaseUrl: string; storage: Storage };
  log?: Log;
  accessTokenMinutes?: number;
  pushHosts?: string[];
} = {}): Promise<OwnedRuntime> => {
  return createRuntime({
    databaseUrl: data?.databaseUrl ?? (await testDatabase()),
    backplane: backplane ?? (await openBackplane(log)),
    secretKey: testSecretKey,
    storage: data?.storage ?? (await testStorage()),
    accessTokenMinutes,
    secureCookie: false,
    pushHosts,
    log,
  });
};

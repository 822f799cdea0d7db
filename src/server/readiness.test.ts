import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { createDb } from "~/server/infra/db";
import { testRuntime } from "~/test/runtime";
import { createReadiness, type Readiness } from "./readiness";

/** What a node answers to those who ask after it. */
const ask = async ({ answerHealth, answerReadiness }: Readiness): Promise<[number, number]> => {
  const statuses: number[] = [];
  const response = {
    writeHead: (status: number) => {
      statuses.push(status);
      return { end: () => {} };
    },
  } as unknown as ServerResponse;
  answerHealth(response);
  await answerReadiness(response);
  const [health = 0, readiness = 0] = statuses;
  return [health, readiness];
};

it("sends requests elsewhere before the node stops to listen", async () => {
  await using node = await testRuntime();
  const readiness = createReadiness(node, { allowedOrigins: [], trustedProxies: 1 });
  expect(await ask(readiness)).toEqual([200, 200]);
  let hasLeft = false;
  const leaving = readiness.leave().then(() => {
    hasLeft = true;
  });
  expect(await ask(readiness)).toEqual([503, 503]);
  expect(hasLeft, "the proxy has time to ask").toBe(false);
  await leaving;
});

it("keeps nobody waiting where no proxy is before it", async () => {
  await using node = await testRuntime();
  const readiness = createReadiness(node, { allowedOrigins: [], trustedProxies: 0 });
  await readiness.leave();
  expect(await ask(readiness)).toEqual([503, 503]);
});

it("wants requests while the database is away, which would be away from every other node too", async () => {
  await using node = await testRuntime();
  const away = { ...node, db: createDb("postgresql://127.0.0.1:1/absent") };
  expect(await ask(createReadiness(away, { allowedOrigins: [], trustedProxies: 0 }))).toEqual([200, 503]);
});

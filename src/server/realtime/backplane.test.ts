import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { createLog } from "~/server/infra/log";
import { createMemoryBackplane, createMemoryHub } from "~/server/infra/memory";
import { createRedisBackplane, type RedisBackplane } from "~/server/infra/redis";
import { hasRedisServer, startRedisCluster } from "~/test/redis-cluster";
import type { Backplane } from "./backplane";

const redisUrl = inject("redisUrl");

const openNodes = async (redis: { url: string; isCluster?: boolean }): Promise<[Backplane, Backplane]> => {
  const options = { ...redis, prefix: `charla-test:${randomUUID()}:`, log: createLog("silent") };
  const nodes: [RedisBackplane, RedisBackplane] = [
    createRedisBackplane(options),
    createRedisBackplane(options),
  ];
  for (const node of nodes) expect(await node.ready()).toBe(true);
  return nodes;
};

const stops: (() => Promise<void>)[] = [];
const onStop = (stop: () => Promise<void>) => stops.push(stop);
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** Two nodes of one installation, by driver. Redis is tried where there is one. */
const drivers: [string, () => Promise<[Backplane, Backplane]>][] = [
  [
    "memory",
    async () => {
      const hub = createMemoryHub();
      return [createMemoryBackplane(hub), createMemoryBackplane(hub)];
    },
  ],
];
if (redisUrl) {
  drivers.push(["redis", () => openNodes({ url: redisUrl })]);
}
if (hasRedisServer()) {
  drivers.push([
    "redis cluster",
    async () => {
      const cluster = await startRedisCluster();
      onStop(cluster[Symbol.asyncDispose]);
      return openNodes({ url: cluster.url, isCluster: true });
    },
  ]);
}

describe.each(drivers)("the %s backplane", (_, open) => {
  let here: Backplane;
  let there: Backplane;
  beforeAll(async () => {
    [here, there] = await open();
  });
  afterAll(async () => {
    await here.close();
    await there.close();
  });

  it("delivers to every node, the publisher's own too, in order", async () => {
    const channel = randomUUID();
    const heard: { here: string[]; there: string[] } = { here: [], there: [] };
    await here.subscribe(channel, (message) => heard.here.push(message));
    await there.subscribe(channel, (message) => heard.there.push(message));
    const sent = Array.from({ length: 100 }, (_, index) => String(index));
    await Promise.all(sent.map((message) => here.publish(channel, message)));
    await vi.waitFor(() => expect(heard).toEqual({ here: sent, there: sent }));
  });

  it("delivers to the listeners that are left when one goes", async () => {
    const channel = randomUUID();
    const gone: string[] = [];
    const left: string[] = [];
    const stop = await here.subscribe(channel, (message) => gone.push(message));
    await here.subscribe(channel, (message) => left.push(message));
    stop();
    await there.publish(channel, "after");
    await vi.waitFor(() => expect(left).toEqual(["after"]));
    expect(gone).toEqual([]);
  });

  it("comes back to a channel that everybody had left", async () => {
    const channel = randomUUID();
    (await here.subscribe(channel, () => {}))();
    const heard: string[] = [];
    await here.subscribe(channel, (message) => heard.push(message));
    await there.publish(channel, "again");
    await vi.waitFor(() => expect(heard).toEqual(["again"]));
  });

  it("keeps a person online until the last node that serves them lets go", async () => {
    const [ada, bruno] = [randomUUID(), randomUUID()];
    expect(await here.presence.online([ada, bruno])).toEqual(new Set());
    await here.presence.beat([ada], 10);
    await there.presence.beat([ada], 10);
    expect(await there.presence.online([ada, bruno])).toEqual(new Set([ada]));
    await here.presence.leave([ada]);
    expect(await here.presence.online([ada])).toEqual(new Set([ada]));
    await there.presence.leave([ada]);
    expect(await here.presence.online([ada])).toEqual(new Set());
  });

  it("lets presence run out when the beats stop", async () => {
    const ada = randomUUID();
    await here.presence.beat([ada], 1);
    expect(await there.presence.online([ada])).toEqual(new Set([ada]));
    await vi.waitFor(async () => expect(await there.presence.online([ada])).toEqual(new Set()), 3_000);
  });

  it("caches until deleted or expired, for every node", async () => {
    const [kept, deleted, expired] = [randomUUID(), randomUUID(), randomUUID()];
    for (const key of [kept, deleted]) await here.cache.set(key, "value", 60);
    await here.cache.set(expired, "value", 1);
    expect(await there.cache.get(deleted)).toBe("value");
    await there.cache.delete([deleted]);
    expect(await here.cache.get(deleted)).toBeNull();
    await vi.waitFor(async () => expect(await here.cache.get(expired)).toBeNull(), 3_000);
    expect(await there.cache.get(kept)).toBe("value");
  });

  it("refuses past a limit, over all nodes, and says when to come back", async () => {
    const limit = { name: `test-${randomUUID()}`, points: 3, seconds: 60 };
    expect(await here.limits.take(limit, "ada")).toBe(0);
    expect(await there.limits.take(limit, "ada", 2)).toBe(0);
    const wait = await here.limits.take(limit, "ada");
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await here.limits.take(limit, "bruno")).toBe(0);
    await there.limits.reset(limit, "ada");
    expect(await here.limits.take(limit, "ada")).toBe(0);
  });
});

describe("the redis backplane without a Redis", () => {
  it("answers at once: nothing cached, nobody online, limits of its own", async () => {
    const nowhere = "redis://127.0.0.1:1";
    const away = createRedisBackplane({ url: nowhere, prefix: "charla-test:", log: createLog("silent") });
    const limit = { name: "away", points: 1, seconds: 60 };
    expect(away.connected).toBe(false);
    expect(await away.cache.get("key")).toBeNull();
    await away.cache.delete(["key"]);
    await expect(away.publish("channel", "message")).rejects.toThrow();
    (await away.subscribe("channel", () => {}))();
    expect(await away.limits.take(limit, "ada")).toBe(0);
    expect(await away.limits.take(limit, "ada")).toBeGreaterThan(0);
    await away.close();
  });

  it("asks nothing but whether it lives of one that has frozen", async () => {
    const asked: string[] = [];
    // Answers a connection's greetings, the last of which is INFO, then says nothing more.
    const frozen = createServer((socket) => {
      let isAwake = true;
      socket.on("error", () => {});
      socket.on("data", (data) => {
        const text = String(data).toLowerCase();
        asked.push(text);
        if (isAwake) socket.write("$0\r\n\r\n".repeat(text.match(/\*\d+\r\n/g)?.length ?? 0));
        isAwake &&= !text.includes("\r\ninfo\r\n");
      });
    }).listen(0, "127.0.0.1");
    await once(frozen, "listening");
    const url = `redis://127.0.0.1:${(frozen.address() as AddressInfo).port}`;
    const backplane = createRedisBackplane({ url, prefix: "charla-test:", log: createLog("silent") });
    const isAsked = (command: string) => asked.some((data) => data.includes(command));
    await vi.waitFor(() => expect(isAsked("ping")).toBe(true), 5_000);

    const limit = { name: "frozen", points: 1, seconds: 60 };
    expect(await backplane.limits.take(limit, "ada")).toBe(0);
    expect(await backplane.limits.take(limit, "ada")).toBeGreaterThan(0);
    await backplane.presence.beat(["ada"], 10);
    expect(await backplane.presence.online(["ada"])).toEqual(new Set());
    await backplane.presence.leave(["ada"]);
    await backplane.cache.set("key", "value", 10);
    expect(await backplane.cache.get("key")).toBeNull();
    await backplane.subscribe("channel", () => {});
    await expect(backplane.publish("channel", "message")).rejects.toThrow();
    for (const command of ["eval", "zadd", "zcount", "zrem", "set", "get", "subscribe", "publish"])
      expect(isAsked(`\r\n${command}\r\n`)).toBe(false);
    await backplane.close();
    frozen.close();
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createLog } from "~/server/infra/log";
import { hasRedisServer, type RedisCluster, startRedisCluster } from "~/test/redis-cluster";
import { createRedisBackplane, type RedisBackplane } from "./redis";

/** Enough to fall to every server. */
const channels = Array.from({ length: 40 }, () => `room:${randomUUID()}`);

describe.runIf(hasRedisServer())("the backplane on a Redis Cluster", () => {
  let cluster: RedisCluster;
  let node: RedisBackplane;
  let gaps = 0;
  const heard: string[] = [];
  beforeAll(async () => {
    cluster = await startRedisCluster();
    const prefix = `charla-test:${randomUUID()}:`;
    node = createRedisBackplane({ url: cluster.url, isCluster: true, prefix, log: createLog("silent") });
    expect(await node.ready()).toBe(true);
    node.onGap(() => {
      gaps += 1;
    });
    for (const channel of channels)
      await node.subscribe(channel, (message) => heard.push(`${channel} ${message}`));
  }, 60_000);
  afterAll(async () => {
    await node.close();
    await cluster[Symbol.asyncDispose]();
  });

  /** Publishes once in every channel, and expects to hear it once in every channel. */
  const expectAll = async () => {
    heard.length = 0;
    const message = randomUUID();
    await Promise.all(channels.map((channel) => node.publish(channel, message)));
    const expected = channels.map((channel) => `${channel} ${message}`).sort();
    await vi.waitFor(() => expect([...heard].sort()).toEqual(expected), 5_000);
  };

  it("spreads channels and keys over its servers, by sharded publish/subscribe", async () => {
    await expectAll();
    const shares = await Promise.all(cluster.servers.map(({ admin }) => admin.pubsub("SHARDCHANNELS")));
    for (const share of shares) expect((share as string[]).length).toBeGreaterThan(0);
    expect(shares.flat()).toHaveLength(channels.length);
    const people = Array.from({ length: 40 }, () => randomUUID());
    await node.presence.beat(people, 60);
    expect(await node.presence.online(people)).toEqual(new Set(people));
    for (const { admin } of cluster.servers) expect(await admin.dbsize()).toBeGreaterThan(0);
    await Promise.all(people.map((key) => node.cache.set(key, "kept", 60)));
    await node.cache.delete(people);
    expect(await Promise.all(people.map((key) => node.cache.get(key)))).toEqual(people.map(() => null));
  });

  it("listens anew after every connection was cut, and says that something may have been missed", async () => {
    const before = gaps;
    for (const { admin } of cluster.servers) {
      await admin.client("KILL", "TYPE", "pubsub");
      await admin.client("KILL", "TYPE", "normal", "SKIPME", "yes");
    }
    await vi.waitFor(() => expect(gaps).toBeGreaterThan(before), 10_000);
    expect(node.connected).toBe(true);
    await expectAll();
  });

  it("counts as away while one server is frozen, holds nobody up, and comes back", async () => {
    const before = gaps;
    const [first] = cluster.servers;
    first?.child.kill("SIGSTOP");
    await vi.waitFor(() => expect(node.connected).toBe(false), 10_000);
    await expect(node.publish("channel", "message")).rejects.toThrow("away");
    expect(await node.cache.get("key")).toBeNull();
    const limit = { name: `test-${randomUUID()}`, points: 1, seconds: 60 };
    expect(await node.limits.take(limit, "ada")).toBe(0);
    expect(await node.limits.take(limit, "ada")).toBeGreaterThan(0);
    first?.child.kill("SIGCONT");
    await vi.waitFor(() => expect([node.connected, gaps > before]).toEqual([true, true]), 10_000);
    await expectAll();
  });
});

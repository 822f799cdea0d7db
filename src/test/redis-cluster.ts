import { execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { expect, vi } from "vitest";

const slots = 16_384;

export const hasRedisServer = (): boolean => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** A Redis server of a cluster to be, on a port that was free. */
const startServer = async (folder: string) => {
  // Its bus takes the port ten thousand above.
  const port = randomInt(12_000, 22_000);
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--cluster-enabled", "yes"];
  const child = spawn("redis-server", [...args, "--dir", folder, "--cluster-config-file", `${port}.conf`], {
    stdio: "ignore",
  });
  const admin = new Redis({ port, host: "127.0.0.1", retryStrategy: () => 50, maxRetriesPerRequest: null });
  admin.on("error", () => {});
  await Promise.race([
    admin.ping(),
    once(child, "exit").then(() => Promise.reject(new Error(`redis-server did not start on ${port}`))),
  ]);
  return { port, child, admin };
};

export type RedisCluster = Awaited<ReturnType<typeof startRedisCluster>>;

/** A Redis Cluster of three servers, each with a third of the slots. */
export const startRedisCluster = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "charla-redis-"));
  const servers = await Promise.all(Array.from({ length: 3 }, () => startServer(folder)));
  const [first] = servers;
  for (const [index, { admin, port }] of servers.entries()) {
    const share = (part: number) => Math.floor((slots * part) / servers.length);
    await admin.cluster("ADDSLOTSRANGE", share(index), share(index + 1) - 1);
    await first?.admin.cluster("MEET", "127.0.0.1", port);
  }
  for (const { admin } of servers) {
    await vi.waitFor(
      async () => expect(await admin.cluster("INFO")).toMatch(/cluster_state:ok[\s\S]*cluster_known_nodes:3/),
      20_000,
    );
  }
  return {
    url: servers.map(({ port }) => `redis://127.0.0.1:${port}`).join(","),
    servers,
    [Symbol.asyncDispose]: async () => {
      for (const { admin, child } of servers) {
        admin.disconnect();
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      rmSync(folder, { recursive: true });
    },
  };
};

import { randomUUID } from "node:crypto";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import type { Backplane } from "~/server/realtime/backplane";
import { createLimits } from "./limits";
import type { Log } from "./log";
import { openLink, type RedisLink, timings } from "./redis-link";

/** How often each connection is asked whether it lives; a frozen Redis answers nothing and closes nothing. */
const probeEveryMs = 1_000;

interface Subscription {
  listeners: Set<(message: string) => void>;
  /** Resolves once the subscription is in force or Redis turned out to be away; never rejects. */
  inForce: Promise<void>;
}

export interface RedisConfig {
  /** `redis://…`; of a cluster, one or more of its servers, separated by commas. */
  url: string;
  isCluster?: boolean;
  prefix: string;
  log: Log;
}

/**
 * The backplane of several nodes. Every key and channel begins with `prefix`. While Redis is away, which a probe finds
 * out, nobody waits for it.
 */
export class RedisBackplane implements Backplane {
  readonly #link: RedisLink;
  readonly #prefix: string;
  readonly #log: Log;
  readonly #node = randomUUID();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #gapListeners = new Set<() => void>();
  readonly #probe: NodeJS.Timeout;
  #connected = false;
  #closed = false;

  constructor({ url, isCluster = false, prefix, log }: RedisConfig) {
    this.#prefix = prefix;
    this.#log = log;
    this.#link = openLink(
      url.split(","),
      { isCluster },
      {
        message: (channel, message) => {
          for (const listener of [...(this.#subscriptions.get(channel)?.listeners ?? [])]) listener(message);
        },
        ready: () => void this.#check(),
        lost: () => this.#setConnected(false),
      },
    );
    this.#probe = setInterval(() => void this.#check(), probeEveryMs);
    this.#probe.unref();
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Resolves to whether Redis answers, at the latest after a connection's time-out. */
  async ready(): Promise<boolean> {
    const deadline = Date.now() + timings.connectMs;
    while (!this.#connected && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await this.#check();
    }
    return this.#connected;
  }

  async publish(channel: string, message: string): Promise<void> {
    if (!this.#connected) throw new Error("Redis is away");
    await this.#link.publish(this.#prefix + channel, message);
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<() => void> {
    const name = this.#prefix + channel;
    let subscription = this.#subscriptions.get(name);
    if (!subscription) {
      const inForce = this.#connected ? this.#link.subscribe([name]) : Promise.resolve();
      // What failed is made up for when Redis is back.
      subscription = { listeners: new Set(), inForce: inForce.catch(() => this.#setConnected(false)) };
      this.#subscriptions.set(name, subscription);
    }
    const { listeners, inForce } = subscription;
    // A function of its own, so that the same listener given twice is two subscriptions.
    const call = (message: string) => listener(message);
    listeners.add(call);
    await inForce;
    return () => {
      listeners.delete(call);
      if (listeners.size > 0 || this.#subscriptions.get(name)?.listeners !== listeners) return;
      this.#subscriptions.delete(name);
      this.#link.unsubscribe(name).catch(() => {});
    };
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  readonly cache: Backplane["cache"] = {
    get: async (key) =>
      this.#connected ? this.#link.commands.get(`${this.#prefix}cache:${key}`).catch(() => null) : null,
    set: async (key, value, ttlSeconds) => {
      if (!this.#connected) return;
      await this.#link.commands.set(`${this.#prefix}cache:${key}`, value, "EX", ttlSeconds).catch(() => {});
    },
    delete: async (keys) => {
      if (keys.length === 0 || !this.#connected) return;
      const forget = (key: string) => this.#link.commands.del(`${this.#prefix}cache:${key}`);
      await Promise.all(keys.map(forget)).catch(() => {});
    },
  };

  /** One sorted set a person: the nodes that serve them, scored with the time until which that holds. */
  readonly presence: Backplane["presence"] = {
    beat: async (userIds, ttlSeconds) => {
      if (!this.#connected) return;
      const until = Date.now() + ttlSeconds * 1000;
      await this.#forEach(userIds, (key) =>
        this.#link.commands.pipeline().zadd(key, until, this.#node).expire(key, ttlSeconds).exec(),
      );
    },
    leave: async (userIds) => {
      if (!this.#connected) return;
      await this.#forEach(userIds, (key) => this.#link.commands.zrem(key, this.#node));
    },
    online: async (userIds) => {
      if (!this.#connected) return new Set();
      const counts = await this.#forEach(userIds, (key) =>
        this.#link.commands.zcount(key, `(${Date.now()}`, "+inf"),
      );
      return new Set(userIds.filter((_, index) => (counts[index] ?? 0) > 0));
    },
  };

  readonly limits: Backplane["limits"] = createLimits((limit) => {
    const options = {
      keyPrefix: `${this.#prefix}limit:${limit.name}`,
      points: limit.points,
      duration: limit.seconds,
    };
    const own = new RateLimiterMemory(options);
    const shared = new RateLimiterRedis({
      ...options,
      storeClient: this.#link.commands,
      rejectIfRedisNotReady: true,
      insuranceLimiter: own,
    });
    return () => (this.#connected ? shared : own);
  });

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#probe);
    this.#link.close();
  }

  /** Asks about each of these people, in one go: their keys lie wherever a cluster puts them. */
  #forEach<T>(userIds: string[], ask: (key: string) => Promise<T>): Promise<T[]> {
    return Promise.all(userIds.map((id) => ask(`${this.#prefix}presence:${id}`)));
  }

  /** Resolves in the turn in which nothing is left to subscribe: what is asked for meanwhile comes along. */
  async #resubscribe(): Promise<void> {
    const done = new Set<string>();
    const rest = () => [...this.#subscriptions.keys()].filter((name) => !done.has(name));
    for (let names = rest(); names.length > 0; names = rest()) {
      await this.#link.subscribe(names);
      for (const name of names) done.add(name);
    }
  }

  /** Asks both connections; on the way back from an absence, subscribes anew and tells of the gap. */
  async #check(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#link.ping();
      if (this.#connected) return;
      await this.#resubscribe();
      this.#setConnected(true);
    } catch {
      this.#setConnected(false);
    }
  }

  #setConnected(connected: boolean): void {
    if (this.#closed || this.#connected === connected) return;
    this.#connected = connected;
    if (connected) {
      this.#log.info("redis connected");
      for (const listener of [...this.#gapListeners]) listener();
    } else {
      this.#log.warn("redis is away; limits and presence are this node's own until it is back");
    }
  }
}

export const createRedisBackplane = (config: RedisConfig): RedisBackplane => new RedisBackplane(config);

import { EventEmitter } from "node:events";
import { LRUCache } from "lru-cache";
import type { Backplane } from "~/server/realtime/backplane";
import { createMemoryLimits } from "./limits";

/** What several in-memory backplanes of one process share, as nodes share a Redis. */
export interface MemoryHub {
  bus: EventEmitter;
  cache: LRUCache<string, string>;
  /** User id → the nodes that serve them and until when, in ms since the epoch. */
  presence: Map<string, Map<symbol, number>>;
  limits: Backplane["limits"];
}

export const createMemoryHub = (): MemoryHub => ({
  bus: new EventEmitter().setMaxListeners(0),
  cache: new LRUCache({ max: 10_000 }),
  presence: new Map(),
  limits: createMemoryLimits(),
});

/** The backplane of a single process, where no Redis is configured. Nothing in it outlives the process. */
export const createMemoryBackplane = (hub: MemoryHub = createMemoryHub()): Backplane => {
  const node = Symbol("node");
  const { bus, cache, presence } = hub;
  const subscriptions = new Set<() => void>();

  const leave = (userId: string): void => {
    const nodes = presence.get(userId);
    nodes?.delete(node);
    if (nodes?.size === 0) presence.delete(userId);
  };

  return {
    connected: true,
    // Not synchronous: a listener that publishes must not run inside its publisher, here as little as with Redis.
    publish: async (channel, message) => {
      queueMicrotask(() => bus.emit(channel, message));
    },
    subscribe: async (channel, listener) => {
      const onMessage = (message: string) => listener(message);
      bus.on(channel, onMessage);
      const unsubscribe = () => {
        bus.off(channel, onMessage);
        subscriptions.delete(unsubscribe);
      };
      subscriptions.add(unsubscribe);
      return unsubscribe;
    },
    onGap: () => () => {},
    cache: {
      get: async (key) => cache.get(key) ?? null,
      set: async (key, value, ttlSeconds) => {
        cache.set(key, value, { ttl: ttlSeconds * 1000 });
      },
      delete: async (keys) => {
        for (const key of keys) cache.delete(key);
      },
    },
    presence: {
      beat: async (userIds, ttlSeconds) => {
        const until = Date.now() + ttlSeconds * 1000;
        for (const id of userIds) {
          const nodes = presence.get(id) ?? new Map<symbol, number>();
          presence.set(id, nodes.set(node, until));
        }
      },
      leave: async (userIds) => {
        for (const id of userIds) leave(id);
      },
      online: async (userIds) => {
        const now = Date.now();
        const isOnline = (id: string) => [...(presence.get(id)?.values() ?? [])].some((until) => until > now);
        return new Set(userIds.filter(isOnline));
      },
    },
    limits: hub.limits,
    close: async () => {
      for (const unsubscribe of [...subscriptions]) unsubscribe();
      for (const id of [...presence.keys()]) leave(id);
    },
  };
};

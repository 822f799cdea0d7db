import { Cluster, Redis, type RedisOptions } from "ioredis";

/** By default a call on an absent Redis hangs for over a minute. Nothing here may hold up a chat that runs without it. */
export const timings = {
  connectMs: 1_000,
  commandMs: 500,
  retryMs: { first: 50, most: 1_000 },
};

const retryStrategy = (attempt: number): number =>
  Math.min(timings.retryMs.first * 2 ** attempt, timings.retryMs.most);

const options: RedisOptions = {
  connectTimeout: timings.connectMs,
  commandTimeout: timings.commandMs,
  maxRetriesPerRequest: 0,
  autoResubscribe: false, // done by who subscribes, who knows when it is in force
};

/** The connections to Redis: to one server, or to every server of a cluster. Commands take one key each. */
export interface RedisLink {
  readonly commands: Redis | Cluster;
  publish(channel: string, message: string): Promise<unknown>;
  /** Resolves once all of it is in force. Safe to repeat, as after a connection was lost. */
  subscribe(channels: string[]): Promise<void>;
  unsubscribe(channel: string): Promise<unknown>;
  /** Rejects unless every server answers. */
  ping(): Promise<unknown>;
  close(): void;
}

/** What a link has to say. */
export interface LinkEvents {
  message: (channel: string, message: string) => void;
  /** A connection is there, anew. */
  ready: () => void;
  /** A connection was lost: messages may have been. */
  lost: () => void;
}

/** @param urls `redis://…`; of a cluster, one or more of its servers: they name the others */
export const openLink = (urls: string[], { isCluster }: { isCluster: boolean }, on: LinkEvents): RedisLink =>
  isCluster ? openCluster(urls, on) : openServer(urls[0] ?? "", on);

const openServer = (url: string, on: LinkEvents): RedisLink => {
  const connect = () => new Redis(url, { ...options, enableOfflineQueue: false, retryStrategy });
  const [commands, subscriber] = [connect(), connect()];
  for (const connection of [commands, subscriber]) {
    connection.on("error", () => {}); // every failed call rejects by itself
    connection.on("close", on.lost);
    connection.on("ready", on.ready);
  }
  subscriber.on("message", on.message);
  return {
    commands,
    publish: (channel, message) => commands.publish(channel, message),
    subscribe: async (channels) => {
      if (channels.length > 0) await subscriber.subscribe(...channels);
    },
    unsubscribe: (channel) => subscriber.unsubscribe(channel),
    ping: () => Promise.all([commands.ping(), subscriber.ping()]),
    close: () => {
      commands.disconnect();
      subscriber.disconnect();
    },
  };
};

/** Subscriptions that a cluster is asked for at a time: each is a command of its own, in its channel's shard. */
const subscriptionsAtOnce = 500;

/** With sharded publish/subscribe (Redis 7): a message goes to the one server that has its channel, not to all of them. */
const openCluster = (urls: string[], on: LinkEvents): RedisLink => {
  const servers = urls.map((url) => new URL(url));
  const [{ username, password, protocol } = new URL("redis://localhost")] = servers;
  const cluster = new Cluster(
    servers.map(({ hostname, port }) => ({ host: hostname, port: Number(port) || 6379 })),
    {
      shardedSubscribers: true,
      enableOfflineQueue: false,
      clusterRetryStrategy: retryStrategy,
      maxRedirections: 3,
      retryDelayOnFailover: timings.retryMs.first,
      retryDelayOnClusterDown: timings.retryMs.first,
      slotsRefreshTimeout: timings.connectMs,
      redisOptions: {
        ...options,
        ...(username && { username: decodeURIComponent(username) }),
        ...(password && { password: decodeURIComponent(password) }),
        ...(protocol === "rediss:" && { tls: {} }),
      },
    },
  );
  cluster.on("error", () => {}); // every failed call rejects by itself
  cluster.on("nodeError", () => {});
  cluster.on("close", on.lost);
  cluster.on("-node", on.lost);
  cluster.on("ready", on.ready);
  cluster.on("subscribersReady", on.ready);
  cluster.on("smessage", on.message);
  return {
    commands: cluster,
    publish: (channel, message) => cluster.spublish(channel, message),
    subscribe: async (channels) => {
      for (let from = 0; from < channels.length; from += subscriptionsAtOnce) {
        const some = channels.slice(from, from + subscriptionsAtOnce);
        // Ended first: the client would otherwise count one that was lost with its connection, and is made anew, twice.
        await Promise.all(some.map((channel) => cluster.sunsubscribe(channel)));
        await Promise.all(some.map((channel) => cluster.ssubscribe(channel)));
      }
    },
    unsubscribe: (channel) => cluster.sunsubscribe(channel),
    ping: () => {
      // Not before: a server that is being connected to fails the client's own look at the cluster, and all begins anew.
      if (cluster.status !== "ready") return Promise.reject(new Error("the cluster is not known yet"));
      return Promise.all(cluster.nodes("master").map((server) => server.ping()));
    },
    close: () => cluster.disconnect(),
  };
};

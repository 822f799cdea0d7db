/**
 * What the nodes share besides the database: messages to each other, who is here, small caches, limits. Everything in
 * it may be lost without losing a word; two drivers, Redis and memory, pass one contract test.
 */
export interface Backplane {
  /** Tells every node that subscribes to `channel`, this one too. Rejects when the backplane is away. */
  publish(channel: string, message: string): Promise<void>;

  /**
   * Calls `listener` with each message of `channel`. Resolves once the subscription is in force, to what ends it; while
   * the backplane is away it resolves at once and comes into force when it is back.
   */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => void>;

  /** Calls `listener` whenever messages may have been missed: the backplane was away and is back. */
  onGap(listener: () => void): () => void;

  /** False while the backplane is away. */
  readonly connected: boolean;

  readonly cache: {
    /** The value, or null when there is none, it has expired, or the backplane is away. */
    get(key: string): Promise<string | null>;
    set(key: string, value: string, ttlSeconds: number): Promise<void>;
    delete(keys: string[]): Promise<void>;
  };

  readonly presence: {
    /** This node serves these people; they count as online until `ttlSeconds` after the last beat. */
    beat(userIds: string[], ttlSeconds: number): Promise<void>;
    /** This node serves these people no longer. Another node that does keeps them online. */
    leave(userIds: string[]): Promise<void>;
    /** Which of these people are online, on any node. */
    online(userIds: string[]): Promise<Set<string>>;
  };

  readonly limits: {
    /**
     * Takes `cost` points of the budget `limit` of `key`. Resolves to 0, or to the whole seconds until the next try can
     * succeed. While the backplane is away the budget is this process's own: a limit never opens.
     */
    take(limit: Limit, key: string, cost?: number): Promise<number>;
    /** Gives the whole budget back, as after a right password. */
    reset(limit: Limit, key: string): Promise<void>;
  };

  close(): Promise<void>;
}

/** A budget of `points` per `seconds`, named for its key in the backplane. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

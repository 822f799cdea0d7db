/** A node that goes away leaves all of its clients to come back at once: each waits a random part of a growing time. */
const backoff = { firstMs: 500, maxMs: 5_000 };

/** How long to wait before connecting again, in milliseconds. `attempt` counts from 0. */
export const reconnectDelayMs = (attempt: number): number =>
  Math.random() * Math.min(backoff.maxMs, backoff.firstMs * 2 ** attempt);

/** How a client notices that the server is gone: twice within the 35 s after which a silent peer must be noticed. */
export const clientKeepAlive = { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 };

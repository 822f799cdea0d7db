import type { Backplane } from "~/server/realtime/backplane";

/** A backplane of which a test decides, message by message, what becomes of it: delivered, lost, or delivered twice. */
export const lossyBackplane = (inner: Backplane, copiesOf: (message: string) => number): Backplane => ({
  get connected() {
    return inner.connected;
  },
  publish: async (channel, message) => {
    for (let copy = copiesOf(message); copy > 0; copy -= 1) await inner.publish(channel, message);
  },
  subscribe: (channel, listener) => inner.subscribe(channel, listener),
  onGap: (listener) => inner.onGap(listener),
  cache: inner.cache,
  presence: inner.presence,
  limits: inner.limits,
  close: () => inner.close(),
});

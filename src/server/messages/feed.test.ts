import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createMemoryBackplane } from "~/server/infra/memory";
import type { Change } from "~/server/realtime/events";
import type { Sink } from "~/server/realtime/live";
import { Semaphore } from "~/server/realtime/semaphore";
import { callerFor } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { lossyBackplane } from "~/test/lossy-backplane";
import { testRuntime } from "~/test/runtime";
import { RoomFeed } from "./feed";
import { readChanges } from "./rows";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

/** Follows a feed in the background, through a connection that `full` says how long to wait for. */
const read = (
  follow: (sink: Sink<Change>, signal: AbortSignal) => Promise<void>,
  full: () => Promise<void> | undefined = () => undefined,
) => {
  const abort = new AbortController();
  const revs: number[] = [];
  let waiting: Promise<void> | undefined;
  const sink: Sink<Change> = {
    take: (changes) => revs.push(...changes.map(({ message }) => message.rev)),
    isFull: () => {
      waiting = full();
      return waiting !== undefined;
    },
    drained: async () => waiting,
  };
  const done = follow(sink, abort.signal);
  const stop = async () => {
    abort.abort();
    await done;
  };
  return { revs, stop };
};

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe("a room's feed", () => {
  it("gives every reader each change once and in order, whatever becomes of the announcements", async () => {
    const { asFirst, roomId } = await openConversation(node);
    const last = 40;
    for (const rev of upTo(last)) await say(asFirst, roomId, String(rev));
    const changes = await readChanges(node.db, roomId, 0, last);

    await fc.assert(
      fc.asyncProperty(
        // Announcements lost (absent), doubled and out of order; null: the reconciler noticed that something is missing.
        fc.array(fc.option(fc.integer({ min: 0, max: last - 1 }), { freq: 10 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: last }),
        async (announced, joinAt) => {
          const feed = new RoomFeed(node.db, node.log, roomId, 0, new Semaphore(1));
          const early = read((sink, signal) => feed.follow(0, sink, signal));
          for (const index of announced) {
            const change = index === null ? undefined : changes[index];
            feed.onEvent(change ? { type: "changes", changes: [change] } : null);
          }
          const late = read((sink, signal) => feed.follow(joinAt, sink, signal));
          feed.onEvent(null);
          await vi.waitFor(() => expect(feed.head).toBe(last));
          await vi.waitFor(() =>
            expect([early.revs.length, late.revs.length]).toEqual([last, last - joinAt]),
          );
          expect(early.revs).toEqual(upTo(last));
          expect(late.revs).toEqual(upTo(last).slice(joinAt));
          await Promise.all([early.stop(), late.stop()]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes nothing while a reader's connection is full, and loses nothing by it", async () => {
    const { asFirst, roomId } = await openConversation(node);
    const feed = new RoomFeed(node.db, node.log, roomId, 0, new Semaphore(1));
    let open = () => {};
    let full: Promise<void> | undefined = new Promise<void>((resolve) => {
      open = () => {
        full = undefined;
        resolve();
      };
    });
    const reader = read(
      (sink, signal) => feed.follow(0, sink, signal),
      () => full,
    );
    await Promise.all(upTo(600).map((rev) => say(asFirst, roomId, String(rev))));
    feed.onEvent(null);
    await vi.waitFor(() => expect(feed.head).toBe(600));
    expect(reader.revs).toEqual([]);
    open();
    await vi.waitFor(() => expect(reader.revs).toEqual(upTo(600)));
    await reader.stop();

    // Full again after every few changes: from the database first, then from the ring.
    let asked = 0;
    const sips = () => {
      asked += 1;
      return asked % 7 === 0 ? new Promise<void>((resolve) => setImmediate(resolve)) : undefined;
    };
    const sipper = read((sink, signal) => feed.follow(0, sink, signal), sips);
    await vi.waitFor(() => expect(sipper.revs).toEqual(upTo(600)));
    await sipper.stop();
  });
});

describe("delivery over a backplane that loses every third message and doubles others", () => {
  it("still brings every reader on every node each message once and in order", async () => {
    let count = 0;
    const copies = () => {
      count += 1;
      return count % 3 === 0 ? 0 : count % 5 === 0 ? 2 : 1;
    };
    const hub = createMemoryBackplane();
    await using sender = await testRuntime({ backplane: lossyBackplane(hub, copies) });
    await using receiver = await testRuntime({ backplane: lossyBackplane(hub, copies) });
    const { first, roomId } = await openConversation(sender);
    const asFirst = await callerFor(sender, first);
    const readers = [sender, receiver].map((each) =>
      read((sink, signal) => each.feeds.follow(roomId, 0, sink, signal)),
    );
    for (const rev of upTo(50)) await say(asFirst, roomId, String(rev));
    await vi.waitFor(() => {
      for (const reader of readers) expect(reader.revs).toEqual(upTo(50));
    }, 5_000);
    for (const reader of readers) await reader.stop();
  });

  it("finds what was never announced at all", async () => {
    const hub = createMemoryBackplane();
    await using mute = await testRuntime({ backplane: lossyBackplane(hub, () => 0) });
    await using receiver = await testRuntime({ backplane: hub });
    const { asFirst, roomId } = await openConversation(mute);
    const reader = read((sink, signal) => receiver.feeds.follow(roomId, 0, sink, signal));
    await vi.waitFor(() => expect(receiver.feeds.size).toBe(1));
    for (const rev of upTo(3)) await say(asFirst, roomId, String(rev));
    await vi.waitFor(() => expect(reader.revs).toEqual([1, 2, 3]), 5_000);
    await reader.stop();
  });
});

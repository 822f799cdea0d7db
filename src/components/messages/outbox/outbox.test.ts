import { TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AppRouter } from "~/server/trpc/root";
import type { ErrorReason } from "~/shared/errors";
import type { Message } from "~/shared/messages";
import { aUser } from "~/test/summaries";
import { Outbox } from "./outbox";
import { MemoryStore } from "./outgoing-store";

const roomId = "0197aaaa-0000-7000-8000-0000000000ff";
const otherRoomId = "0197aaaa-0000-7000-8000-0000000000fe";
const ada = aUser("ada", { id: "0197aaaa-0000-7000-8000-00000000000a" });

type Input = { roomId: string; clientId: string; body: string; replyToSeq?: number | undefined };

/** A server whose answers come when the test says so. */
class Line {
  readonly tries: Input[] = [];
  readonly #waiting: {
    input: Input;
    resolve: (message: Message) => void;
    reject: (error: unknown) => void;
  }[] = [];
  #seq = 0;

  readonly send = (input: Input): Promise<Message> => {
    this.tries.push(input);
    return new Promise((resolve, reject) => this.#waiting.push({ input, resolve, reject }));
  };

  async answer(): Promise<void> {
    const { input, resolve } = this.#take();
    this.#seq += 1;
    const place = { id: input.clientId, seq: this.#seq, rev: this.#seq };
    resolve({
      ...input,
      ...place,
      author: ada,
      createdAt: new Date(),
      replyToSeq: input.replyToSeq ?? null,
      reactions: [],
      attachments: [],
      notice: null,
      editedAt: null,
      deletedAt: null,
    });
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(error: unknown): Promise<void> {
    this.#take().reject(error);
    await vi.advanceTimersByTimeAsync(0);
  }

  #take() {
    const first = this.#waiting.shift();
    if (!first) throw new Error("nothing is being sent");
    return first;
  }
}

const lost = () => TRPCClientError.from<AppRouter>(new Error("Failed to fetch"));
const refused = (reason: ErrorReason, httpStatus: number, retryAfterSeconds?: number) =>
  TRPCClientError.from({
    error: { code: -32600, message: reason, data: { reason, httpStatus, retryAfterSeconds } },
  });

let line: Line;
let store: MemoryStore;
let outbox: Outbox;
const write = async (room: string, body: string, replyToSeq?: number) => {
  outbox.add(room, { body, replyToSeq });
  await vi.advanceTimersByTimeAsync(0);
};
const bodies = () => line.tries.map(({ body }) => body);
const states = () => outbox.entries(roomId).map(({ body, state }) => `${body}: ${state}`);

beforeEach(() => {
  vi.useFakeTimers();
  line = new Line();
  store = new MemoryStore();
  outbox = new Outbox(line.send, store);
});
afterEach(() => {
  vi.useRealTimers();
});

test("sends a room's messages one after the other, and rooms side by side", async () => {
  await write(roomId, "one");
  await write(roomId, "two");
  await write(otherRoomId, "elsewhere");
  expect(bodies()).toEqual(["one", "elsewhere"]);

  await line.answer();
  expect(bodies()).toEqual(["one", "elsewhere", "two"]);
  expect(states()).toEqual(["one: sent", "two: waiting"]);
});

test("tries again under the same client id until there is an answer", async () => {
  await write(roomId, "one");
  await write(roomId, "two");
  await line.fail(lost());
  await vi.runOnlyPendingTimersAsync();
  await line.fail(refused("UNAVAILABLE", 503));
  await vi.runOnlyPendingTimersAsync();
  await line.answer();

  expect(bodies()).toEqual(["one", "one", "one", "two"]);
  expect(new Set(line.tries.slice(0, 3).map(({ clientId }) => clientId)).size).toBe(1);
  expect(line.tries[3]?.clientId).not.toBe(line.tries[0]?.clientId);
});

test("waits as long as the server asks", async () => {
  await write(roomId, "one");
  await line.fail(refused("RATE_LIMITED", 429, 7));
  await vi.advanceTimersByTimeAsync(6_999);
  expect(line.tries).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(line.tries).toHaveLength(2);
});

test("tries at once when the connection is back", async () => {
  await write(roomId, "one");
  await line.fail(lost());
  expect(line.tries).toHaveLength(1);
  outbox.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(line.tries).toHaveLength(2);
});

test("a refusal stops the message, not those after it; the person sends it again or drops it", async () => {
  await write(roomId, "one");
  await write(roomId, "two");
  await line.fail(refused("BLOCKED_BY_YOU", 412));
  await line.answer();
  expect(states()).toEqual(["one: failed", "two: sent"]);
  const [failed] = outbox.entries(roomId);
  if (!failed) throw new Error("nothing failed");
  expect(failed.reason).toBe("BLOCKED_BY_YOU");

  outbox.retry(failed);
  await vi.advanceTimersByTimeAsync(0);
  expect(line.tries.at(-1)).toEqual(line.tries[0]);
  await line.fail(refused("BLOCKED_BY_YOU", 412));
  outbox.remove(failed);
  expect(states()).toEqual(["two: sent"]);
  expect(await store.readAll()).toEqual([]);
});

test("says which room changed, and keeps the array of the others", async () => {
  await write(otherRoomId, "elsewhere");
  const before = outbox.entries(otherRoomId);
  const changed: string[] = [];
  const stop = outbox.subscribe((id) => changed.push(id));
  await write(roomId, "one");
  stop();
  await write(roomId, "two");
  expect(new Set(changed)).toEqual(new Set([roomId]));
  expect(outbox.entries(otherRoomId)).toBe(before);
});

test("takes up what an earlier visit left, under the same client ids and in order", async () => {
  await write(roomId, "one", 7);
  await write(roomId, "two");
  await line.fail(refused("BLOCKED_BY_YOU", 412));
  await write(roomId, "three");
  const kept = await store.readAll();
  expect(kept.map(({ body, state }) => `${body}: ${state}`)).toEqual([
    "one: failed",
    "two: waiting",
    "three: waiting",
  ]);

  // The page is gone, and another one opens on the same store.
  const laterStore = new MemoryStore();
  for (const entry of kept) await laterStore.put(entry);
  const laterLine = new Line();
  const later = new Outbox(laterLine.send, laterStore);
  await later.open();
  await vi.advanceTimersByTimeAsync(0);
  expect(later.entries(roomId)).toEqual(kept);
  await laterLine.answer();
  await laterLine.answer();
  expect(laterLine.tries.map(({ clientId }) => clientId)).toEqual(
    kept.slice(1).map(({ clientId }) => clientId),
  );
  expect(await laterStore.readAll()).toEqual(kept.slice(0, 1));
});

test("a reply keeps what it answers", async () => {
  await write(roomId, "one", 7);
  expect(line.tries).toMatchObject([{ body: "one", replyToSeq: 7 }]);
  await line.answer();
  expect(outbox.entries(roomId)[0]?.message?.replyToSeq).toBe(7);
});

test("a message given up while it is sent stays gone when the server then refuses it", async () => {
  await write(roomId, "one");
  const [entry] = outbox.entries(roomId);
  if (!entry) throw new Error("nothing waits");
  outbox.remove(entry);
  await line.fail(refused("ROOM_NOT_FOUND", 404));
  expect(states()).toEqual([]);
  expect(await store.readAll()).toEqual([]);
});

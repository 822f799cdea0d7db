import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import type { Send } from "./commit";
import { storePlainSends } from "./plain-sends";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

/** A conversation, and what its two write. */
const conversation = async () => {
  const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
  const send = (changes: Partial<Send> = {}): Send => ({
    roomId,
    authorId: first.user.id,
    clientId: randomUUID(),
    body: "hola",
    attachmentIds: [],
    replyToSeq: null,
    notice: null,
    ...changes,
  });
  return { first, second, asFirst, asSecond, roomId, send };
};

const bodiesOf = (stored: Awaited<ReturnType<typeof storePlainSends>>) =>
  [...stored.values()].map(({ message }) => `${message.seq} ${message.rev} ${message.body}`);

describe("storePlainSends", () => {
  it("numbers what it stores in the order that it was given, in every room", async () => {
    const [one, other] = [await conversation(), await conversation()];
    await say(one.asSecond, one.roomId, "before");
    const sends = [
      one.send({ body: "a" }),
      other.send({ body: "x" }),
      one.send({ body: "b", authorId: one.second.user.id, replyToSeq: 1 }),
    ];
    const stored = await storePlainSends(node.db, sends);
    expect([...stored.keys()]).toEqual(sends);
    expect(bodiesOf(stored)).toEqual(["2 2 a", "1 1 x", "3 3 b"]);
    expect((await one.asFirst.messages.list({ roomId: one.roomId })).items.map(({ seq }) => seq)).toEqual([
      1, 2, 3,
    ]);
    const { lastReadSeq, unread } = await one.asFirst.rooms.get({ roomId: one.roomId });
    expect({ lastReadSeq, unread }).toEqual({ lastReadSeq: 2, unread: 1 });
  });

  it("leaves what something speaks against, and stores the rest", async () => {
    const { asFirst, second, asSecond, roomId, send } = await conversation();
    const known = await say(asFirst, roomId, "known");
    const blocker = await conversation();
    await blocker.asFirst.contacts.block({ userId: blocker.second.user.id });
    const twice = randomUUID();
    const stored = await storePlainSends(node.db, [
      send({ body: "in no room", roomId: randomUUID() }),
      send({ body: "by a stranger", authorId: (await newcomer(node)).user.id }),
      send({ body: "known", clientId: known.clientId }),
      send({ body: "with a file", attachmentIds: [randomUUID()] }),
      send({ body: "about nothing", replyToSeq: 99 }),
      blocker.send({ body: "to somebody blocked" }),
      send({ body: "twice", clientId: twice }),
      send({ body: "twice, another", clientId: twice }),
      send({ body: "from the other", authorId: second.user.id }),
    ]);
    expect(bodiesOf(stored)).toEqual(["2 2 twice", "3 3 from the other"]);
    expect((await asSecond.messages.list({ roomId })).items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("stores for ever unseen what is sent to somebody who blocked the author", async () => {
    const { first, asFirst, asSecond, roomId, send } = await conversation();
    await asSecond.contacts.block({ userId: first.user.id });
    const [change] = (await storePlainSends(node.db, [send()])).values();
    expect(change?.onlyFor).toBe(first.user.id);
    expect((await asFirst.messages.list({ roomId })).items).toHaveLength(1);
    expect((await asSecond.messages.list({ roomId })).items).toEqual([]);
  });

  it("leaves no gap and stores nothing twice, however many do it at once", async () => {
    const { asFirst, roomId, send } = await conversation();
    const again = Array.from({ length: 5 }, () => send());
    const stored = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        storePlainSends(node.db, [send(), again[index % 5] ?? send(), send()]),
      ),
    );
    const seqs = stored.flatMap((some) => [...some.values()].map(({ message }) => message.seq));
    expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    expect(seqs.length).toBeGreaterThan(0);
    const { lastSeq, rev } = await asFirst.messages.list({ roomId });
    expect([lastSeq, rev]).toEqual([seqs.length, seqs.length]);
  });
});

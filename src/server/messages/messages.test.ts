import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { RouterOutputs } from "~/server/trpc/root";
import { messageBodyMaxLength } from "~/shared/limits";
import type { Message } from "~/shared/messages";
import { callerFor, member } from "~/test/cast";
import { type Conversation, openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";

let node: OwnedRuntime;
let talk: Conversation;
beforeAll(async () => {
  node = await testRuntime();
  talk = await openConversation(node);
});
afterAll(() => node[Symbol.asyncDispose]());

describe("messages.send", () => {
  it("answers with the stored message, numbered without gaps", async () => {
    const { asFirst, asSecond, roomId, first } = talk;
    const before = await asFirst.messages.list({ roomId });
    const one = await say(asFirst, roomId, "hola");
    const two = await say(asSecond, roomId, "¿qué tal?");
    expect(one).toMatchObject({ roomId, body: "hola", author: first.user, editedAt: null, deletedAt: null });
    expect([one.seq, two.seq]).toEqual([before.lastSeq + 1, before.lastSeq + 2]);
    expect(two.createdAt.getTime()).toBeGreaterThanOrEqual(one.createdAt.getTime());
    expectTypeOf(one).toEqualTypeOf<Message>();
    expectTypeOf<RouterOutputs["messages"]["send"]>().toEqualTypeOf<Message>();
  });

  it("refuses who sends more than anybody types, and says for how long", async () => {
    const { asFirst, first, roomId } = await openConversation(node);
    const { ownLimits } = node;
    await ownLimits.take({ name: "send-person", points: 1_200, seconds: 60 }, first.user.id, 1_199);
    await say(asFirst, roomId, "the last one");
    await expect(say(asFirst, roomId, "one more")).rejects.toMatchObject({
      message: "RATE_LIMITED",
      cause: { retryAfterSeconds: expect.any(Number) },
    });
  });

  it("answers a retry with the message that exists, however many come at once", async () => {
    const { asFirst, roomId } = talk;
    const input = { roomId, clientId: randomUUID(), body: "once" };
    const answers = await Promise.all(Array.from({ length: 50 }, () => asFirst.messages.send(input)));
    expect(new Set(answers.map((message) => message.id)).size).toBe(1);
    expect(await asFirst.messages.send(input)).toEqual(answers[0]);
    const { items } = await asFirst.messages.list({ roomId, limit: 100 });
    expect(items.filter((message) => message.clientId === input.clientId)).toHaveLength(1);
  });

  it("refuses another text or another room under a client id that is taken", async () => {
    const { asFirst, roomId } = talk;
    const clientId = randomUUID();
    await asFirst.messages.send({ roomId, clientId, body: "the first" });
    await expect(asFirst.messages.send({ roomId, clientId, body: "another" })).rejects.toMatchObject({
      code: "CONFLICT",
      message: "CLIENT_ID_REUSED",
    });
    const elsewhere = await asFirst.contacts.add({ userId: (await member(node, "ada")).user.id });
    await expect(
      asFirst.messages.send({ roomId: elsewhere.roomId, clientId, body: "the first" }),
    ).rejects.toMatchObject({ message: "CLIENT_ID_REUSED" });
  });

  it("does not mistake somebody else's client id for its own", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const clientId = randomUUID();
    const one = await asFirst.messages.send({ roomId, clientId, body: "mine" });
    const two = await asSecond.messages.send({ roomId, clientId, body: "yours" });
    expect(two.id).not.toBe(one.id);
  });

  it("shares commits between sends that arrive together", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const before = node.sends.commits;
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        say(index % 2 ? asFirst : asSecond, roomId, `shared ${index}`),
      ),
    );
    expect(new Set(sent.map((message) => message.seq)).size).toBe(200);
    // A send is only ever alone while nothing else is under way: two hundred at once cannot need half as many.
    expect(node.sends.commits - before).toBeLessThan(100);
  });

  it("numbers without gaps when two nodes write into a room at once", async () => {
    await using other = await testRuntime();
    const { first, second, roomId } = await openConversation(node);
    const [here, there] = [await callerFor(node, first), await callerFor(other, second)];
    const bodies = Array.from({ length: 60 }, (_, index) => `from two sides ${index}`);
    await Promise.all(bodies.map((body, index) => say(index % 2 ? here : there, roomId, body)));
    const { items } = await here.messages.list({ roomId, limit: 100 });
    expect(items.map((message) => message.seq)).toEqual(bodies.map((_, index) => index + 1));
  });

  it.each([
    ["nothing", ""],
    ["only spaces", " \n\t "],
    ["too much", "a".repeat(messageBodyMaxLength + 1)],
    ["a control character", "a\u0007b"],
    ["half of a surrogate pair", "a\ud800"],
  ])("refuses %s, and says which field", async (_, body) => {
    await expect(say(talk.asFirst, talk.roomId, body)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("counts characters as people do, trims, and keeps line breaks", async () => {
    const { asFirst, roomId } = talk;
    const emoji = "🦀".repeat(messageBodyMaxLength);
    expect((await say(asFirst, roomId, emoji)).body).toBe(emoji);
    expect((await say(asFirst, roomId, "  one\r\ntwo  ")).body).toBe("one\ntwo");
  });

  it("gives a stranger the answer of a room that does not exist", async () => {
    const olga = await callerFor(node, await member(node, "olga"));
    const refusal = { code: "NOT_FOUND", message: "ROOM_NOT_FOUND" };
    await expect(say(olga, talk.roomId, "let me in")).rejects.toMatchObject(refusal);
    await expect(say(olga, randomUUID(), "let me in")).rejects.toMatchObject(refusal);
  });

  it("refuses who is signed out", async () => {
    const nobody = await callerFor(node);
    await expect(say(nobody, talk.roomId, "hello?")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("messages.send across a block", () => {
  it("tells who blocked to unblock first, and who is blocked nothing", async () => {
    const { asFirst, asSecond, first, roomId } = await openConversation(node);
    await say(asFirst, roomId, "before");
    await asSecond.contacts.block({ userId: first.user.id });
    await expect(say(asSecond, roomId, "no")).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: "BLOCKED_BY_YOU",
    });
    const unheard = await say(asFirst, roomId, "into the void");
    expect(unheard).toMatchObject({ body: "into the void", seq: 2 });
    const bodies = async (caller: typeof asFirst) =>
      (await caller.messages.list({ roomId })).items.map((message) => message.body);
    expect(await bodies(asFirst)).toEqual(["before", "into the void"]);
    expect(await bodies(asSecond)).toEqual(["before"]);

    await asSecond.contacts.unblock({ userId: first.user.id });
    await say(asFirst, roomId, "after");
    expect(await bodies(asSecond)).toEqual(["before", "after"]);
    expect(await asSecond.rooms.get({ roomId })).toMatchObject({ unread: 2, lastMessage: { body: "after" } });
  });
});

describe("messages.list", () => {
  it("pages by seq in both directions", async () => {
    const { asFirst, roomId } = await openConversation(node);
    for (let index = 1; index <= 7; index += 1) await say(asFirst, roomId, String(index));
    const seqs = (page: { items: Message[] }) => page.items.map((message) => message.seq);

    const newest = await asFirst.messages.list({ roomId, limit: 3 });
    expect(seqs(newest)).toEqual([5, 6, 7]);
    expect(newest).toMatchObject({ lastSeq: 7, rev: 7, nextCursor: 5 });
    const older = await asFirst.messages.list({ roomId, limit: 3, before: 5 });
    expect(seqs(older)).toEqual([2, 3, 4]);
    const oldest = await asFirst.messages.list({ roomId, limit: 3, before: 2 });
    expect(seqs(oldest)).toEqual([1]);
    expect(oldest.nextCursor).toBeNull();

    const first = await asFirst.messages.list({ roomId, limit: 4, after: 0 });
    expect(seqs(first)).toEqual([1, 2, 3, 4]);
    expect(first.nextCursor).toBe(4);
    const rest = await asFirst.messages.list({ roomId, limit: 4, after: 4 });
    expect(seqs(rest)).toEqual([5, 6, 7]);
    expect(rest.nextCursor).toBeNull();
  });

  it("refuses both bounds at once, and pages of a size that is none", async () => {
    const { asFirst, roomId } = talk;
    const refusal = { code: "BAD_REQUEST" };
    await expect(asFirst.messages.list({ roomId, before: 2, after: 1 })).rejects.toMatchObject(refusal);
    await expect(asFirst.messages.list({ roomId, limit: 0 })).rejects.toMatchObject(refusal);
    await expect(asFirst.messages.list({ roomId, limit: 101 })).rejects.toMatchObject(refusal);
    await expect(asFirst.messages.list({ roomId: "no-uuid" })).rejects.toMatchObject(refusal);
  });

  it("shows a stranger nothing, and who is signed out neither", async () => {
    const { roomId } = talk;
    const olga = await callerFor(node, await member(node, "olga"));
    await expect(olga.messages.list({ roomId })).rejects.toMatchObject({ message: "ROOM_NOT_FOUND" });
    const nobody = await callerFor(node);
    await expect(nobody.messages.list({ roomId })).rejects.toMatchObject({ message: "NOT_SIGNED_IN" });
  });
});

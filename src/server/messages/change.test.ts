import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { editWindowMinutes, reactionsPerMessage } from "~/shared/limits";
import type { Message } from "~/shared/messages";
import { callerFor, member } from "~/test/cast";
import { type Conversation, openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { listen, openClient, openSocketServer } from "~/test/socket";

let node: OwnedRuntime;
let talk: Conversation;
beforeAll(async () => {
  node = await testRuntime();
  talk = await openConversation(node);
});
afterAll(() => node[Symbol.asyncDispose]());

const at = ({ roomId, seq }: Message) => ({ roomId, seq });

describe("messages.send as a reply", () => {
  it("keeps the place of what it answers", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const question = await say(asFirst, roomId, "¿vienes?");
    const answer = await asSecond.messages.send({
      roomId,
      clientId: crypto.randomUUID(),
      body: "sí",
      replyToSeq: question.seq,
    });
    expect(answer.replyToSeq).toBe(question.seq);
    const input = { roomId, clientId: crypto.randomUUID(), body: "?", replyToSeq: 9_999 };
    await expect(asSecond.messages.send(input)).rejects.toMatchObject({ message: "MESSAGE_NOT_FOUND" });
  });
});

describe("messages.edit", () => {
  it("replaces the text, marks it, and is the room's next change", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const sent = await say(asFirst, roomId, "tpyo");
    const edited = await asFirst.messages.edit({ ...at(sent), body: "typo" });
    expect(edited).toMatchObject({ ...sent, body: "typo", rev: sent.rev + 1, editedAt: expect.any(Date) });
    const { items, rev } = await asSecond.messages.list({ roomId });
    expect(items.at(-1)).toEqual(edited);
    expect(rev).toBe(edited.rev);
    expect(await asFirst.messages.edit({ ...at(sent), body: "typo" })).toEqual(edited);
  });

  it("answers a late retry of the send with the message as it is now", async () => {
    const { asFirst, roomId } = talk;
    const input = { roomId, clientId: crypto.randomUUID(), body: "first text" };
    const sent = await asFirst.messages.send(input);
    const edited = await asFirst.messages.edit({ ...at(sent), body: "second text" });
    expect(await asFirst.messages.send(input)).toEqual(edited);
  });

  it("is for the author alone, for a while, and for text that is one", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const sent = await say(asFirst, roomId, "mine");
    const refusal = { code: "NOT_FOUND", message: "MESSAGE_NOT_FOUND" };
    await expect(asSecond.messages.edit({ ...at(sent), body: "yours" })).rejects.toMatchObject(refusal);
    await expect(asFirst.messages.edit({ roomId, seq: 9_999, body: "none" })).rejects.toMatchObject(refusal);
    await expect(asFirst.messages.edit({ ...at(sent), body: " " })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    const longAgo = new Date(Date.now() - (editWindowMinutes + 1) * 60_000);
    await node.db.message.update({ where: { id: sent.id }, data: { createdAt: longAgo } });
    await expect(asFirst.messages.edit({ ...at(sent), body: "too late" })).rejects.toMatchObject({
      message: "EDIT_WINDOW_CLOSED",
    });
  });
});

describe("messages.delete", () => {
  it("leaves a tombstone that says nothing, counts as read, and cannot be changed", async () => {
    const { asFirst, asSecond, roomId } = await openConversation(node);
    const sent = await say(asFirst, roomId, "a secret");
    await asSecond.messages.react({ ...at(sent), emoji: "🤫", on: true });
    expect(await asSecond.rooms.get({ roomId })).toMatchObject({ unread: 1 });
    const deleted = await asFirst.messages.delete(at(sent));
    expect(deleted).toMatchObject({
      id: sent.id,
      seq: 1,
      body: "",
      reactions: [],
      deletedAt: expect.any(Date),
    });
    expect(await asSecond.rooms.get({ roomId })).toMatchObject({ unread: 0, lastMessage: { body: "" } });
    expect(await asFirst.messages.delete(at(sent))).toEqual(deleted);
    await expect(asFirst.messages.edit({ ...at(sent), body: "back" })).rejects.toMatchObject({
      message: "MESSAGE_NOT_FOUND",
    });
    expect(await node.db.message.findUnique({ where: { id: sent.id } })).toMatchObject({ body: "" });
  });

  it("is not for the other side", async () => {
    const sent = await say(talk.asFirst, talk.roomId, "stays");
    await expect(talk.asSecond.messages.delete(at(sent))).rejects.toMatchObject({
      message: "MESSAGE_NOT_FOUND",
    });
  });
});

describe("messages.react", () => {
  it("gathers who reacted with what, each once, and lets them take it back", async () => {
    const { asFirst, asSecond, first, second, roomId } = talk;
    const sent = await say(asFirst, roomId, "ta-da");
    await asSecond.messages.react({ ...at(sent), emoji: "🎉", on: true });
    const both = await asFirst.messages.react({ ...at(sent), emoji: "🎉", on: true });
    expect(both.reactions).toEqual([{ emoji: "🎉", userIds: [second.user.id, first.user.id] }]);
    expect(await asFirst.messages.react({ ...at(sent), emoji: "🎉", on: true })).toEqual(both);
    await asFirst.messages.react({ ...at(sent), emoji: "🎉", on: false });
    const none = await asSecond.messages.react({ ...at(sent), emoji: "🎉", on: false });
    expect(none.reactions).toEqual([]);
  });

  it("loses none of many at once", async () => {
    const { asFirst, asSecond, roomId } = talk;
    const sent = await say(asFirst, roomId, "all of you");
    const emojis = ["👍", "❤️", "😂", "🎉", "👩🏽‍🚀"];
    await Promise.all(
      emojis.flatMap((emoji) =>
        [asFirst, asSecond].map((caller) => caller.messages.react({ ...at(sent), emoji, on: true })),
      ),
    );
    const { items } = await asFirst.messages.list({ roomId, after: sent.seq - 1, limit: 1 });
    expect(items[0]?.reactions.map(({ userIds }) => userIds.length)).toEqual(emojis.map(() => 2));
  });

  it("refuses what is no emoji, and more of them than one can read", async () => {
    const { asFirst, roomId } = talk;
    const sent = await say(asFirst, roomId, "calm");
    for (const emoji of ["", "a", "👍👍", "<b>", "1"]) {
      await expect(asFirst.messages.react({ ...at(sent), emoji, on: true })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
    const many = Array.from({ length: reactionsPerMessage + 1 }, (_, index) =>
      String.fromCodePoint(0x1f400 + index),
    );
    const results = [];
    for (const emoji of many) results.push(asFirst.messages.react({ ...at(sent), emoji, on: true }));
    const settled = await Promise.allSettled(results);
    expect(settled.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: { message: "TOO_MANY_REACTIONS" } },
    ]);
  });
});

describe("changes", () => {
  it("reach a reader like messages: live, in order, and after a cut", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    await using server = await openSocketServer(node);
    await using client = openClient(server.url, first);
    const heard = await listen<{ data: Message }>((handlers) =>
      client.api.messages.onMessage.subscribe({ roomId, lastEventId: "0" }, handlers),
    );
    const sent = await say(asSecond, roomId, "one");
    await asSecond.messages.edit({ ...at(sent), body: "two" });
    await vi.waitFor(() => expect(heard.data.at(-1)?.data.body).toBe("two"));
    server.cut();
    await asFirst.messages.react({ ...at(sent), emoji: "👀", on: true });
    await asSecond.messages.delete(at(sent));
    await vi.waitFor(() => expect(heard.data.at(-1)?.data.deletedAt).not.toBeNull());
    const revs = heard.data.map(({ data }) => data.rev);
    expect(revs).toEqual([...revs].sort((a, b) => a - b));
    expect(new Set(revs).size).toBe(revs.length);
  });

  it("are for members alone", async () => {
    const { asFirst, roomId } = talk;
    const sent = await say(asFirst, roomId, "ours");
    for (const caller of [await callerFor(node, await member(node, "olga")), await callerFor(node)]) {
      const message = expect.stringMatching(/^(ROOM_NOT_FOUND|NOT_SIGNED_IN)$/);
      await expect(caller.messages.edit({ ...at(sent), body: "x" })).rejects.toMatchObject({ message });
      await expect(caller.messages.delete(at(sent))).rejects.toMatchObject({ message });
      await expect(caller.messages.react({ ...at(sent), emoji: "👍", on: true })).rejects.toMatchObject({
        message,
      });
    }
  });

  it("by somebody who is blocked reach nobody and tell them nothing; only a tombstone they may leave", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    const sent = await say(asFirst, roomId, "before");
    const other = await say(asFirst, roomId, "also before");
    await asSecond.contacts.block({ userId: first.user.id });
    expect(await asFirst.messages.edit({ ...at(sent), body: "abuse" })).toMatchObject({ body: "before" });
    expect(await asFirst.messages.react({ ...at(sent), emoji: "🖕", on: true })).toMatchObject({
      reactions: [],
    });
    await asFirst.messages.delete(at(other));
    const { items } = await asSecond.messages.list({ roomId });
    expect(items.map(({ body }) => body)).toEqual(["before", ""]);
    await expect(asSecond.messages.react({ ...at(sent), emoji: "👍", on: true })).rejects.toMatchObject({
      message: "BLOCKED_BY_YOU",
    });
  });
});

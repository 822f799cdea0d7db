import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { storeSends } from "~/server/messages/commit";
import type { AttachmentKind } from "~/shared/attachments";
import { attachmentsPerMessage } from "~/shared/limits";
import { callerFor, newcomer } from "~/test/cast";
import { openConversation, say } from "~/test/conversation";
import { flat } from "~/test/pictures";
import { invalidInput, refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { receiveBytes } from "./receive";

let node: OwnedRuntime;
let other: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
  other = await testRuntime();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const scene = async () => {
  const conversation = await openConversation(node);
  const { roomId, first, asFirst } = conversation;
  const uploadFile = async (text = "hola", name = "a.txt", owner = first) =>
    (await receiveBytes(node, owner.user, { roomId, name, type: "" }, Buffer.from(text))).id;
  const send = (attachmentIds: string[], clientId: string = randomUUID(), caller = asFirst) =>
    caller.messages.send({ roomId, clientId, body: "", attachmentIds });
  return { ...conversation, uploadFile, send };
};

const gone = refusal("ATTACHMENT_NOT_FOUND");

describe("a message with files", () => {
  it("carries them in its author's order, wherever it is read", async () => {
    const { roomId, uploadFile, send, asSecond } = await scene();
    const [one, two] = [await uploadFile("1", "one.txt"), await uploadFile("22", "two.txt")];
    const sent = await send([two, one]);
    expect(sent.attachments.map(({ name, size }) => [name, size])).toEqual([
      ["two.txt", 2],
      ["one.txt", 1],
    ]);
    expect((await asSecond.messages.list({ roomId })).items).toEqual([sent]);
    const [summary] = (await asSecond.rooms.list({})).items;
    expect(summary?.lastMessage).toEqual(sent);
  });

  it("keeps them through edits and reactions, and loses them with its text", async () => {
    const { roomId, uploadFile, send, asFirst, asSecond } = await scene();
    const { seq, attachments } = await send([await uploadFile()]);
    const place = { roomId, seq };
    expect((await asFirst.messages.edit({ ...place, body: "a caption" })).attachments).toEqual(attachments);
    expect((await asSecond.messages.react({ ...place, emoji: "👍", on: true })).attachments).toEqual(
      attachments,
    );
    expect((await asFirst.messages.delete(place)).attachments).toEqual([]);
    const row = await node.db.attachment.findFirstOrThrow({ where: { roomId } });
    expect(row.expiresAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("needs no text, and a message without either is none", async () => {
    const { roomId, asFirst } = await scene();
    const nothing = asFirst.messages.send({ roomId, clientId: randomUUID(), body: " " });
    await expect(nothing).rejects.toMatchObject(invalidInput("body", "bodyEmpty"));
  });

  it("takes ten at most, and none twice", async () => {
    const { uploadFile, send } = await scene();
    const ids = Array.from({ length: attachmentsPerMessage + 1 }, () => randomUUID());
    await expect(send(ids)).rejects.toMatchObject(invalidInput("attachmentIds"));
    const id = await uploadFile();
    await expect(send([id, id])).rejects.toMatchObject(invalidInput("attachmentIds", "attachmentTwice"));
  });

  it("is the same message however often it is sent, and another one under another file", async () => {
    const { roomId, uploadFile, send, asFirst } = await scene();
    const [id, another] = [await uploadFile(), await uploadFile()];
    const clientId = randomUUID();
    const first = await send([id], clientId);
    expect(await send([id], clientId)).toEqual(first);
    await expect(send([another], clientId)).rejects.toMatchObject(refusal("CLIENT_ID_REUSED"));
    await expect(send([], clientId)).rejects.toMatchObject(invalidInput("body", "bodyEmpty"));
    await asFirst.messages.delete({ roomId, seq: first.seq });
    expect((await send([id], clientId)).deletedAt).not.toBeNull();
  });

  it("takes no file of somebody else's, of another room, of another message, or that is gone", async () => {
    const { roomId, second, uploadFile, send, asFirst } = await scene();
    const elsewhere = await scene();
    const theirs = await uploadFile("theirs", "b.txt", second);
    const stranger = await newcomer(node);
    const { roomId: otherRoom } = await asFirst.contacts.add({ userId: stranger.user.id });
    const mine = await uploadFile();
    const sent = await uploadFile();
    const expired = await uploadFile();
    await send([sent]);
    await node.db.attachment.update({ where: { id: expired }, data: { expiresAt: new Date() } });
    for (const id of [theirs, await elsewhere.uploadFile(), sent, expired, randomUUID()]) {
      await expect(send([mine, id])).rejects.toMatchObject(gone);
    }
    const inOther = { roomId: otherRoom, clientId: randomUUID(), body: "", attachmentIds: [mine] };
    await expect(asFirst.messages.send(inOther)).rejects.toMatchObject(gone);
    expect((await asFirst.rooms.get({ roomId })).lastSeq).toBe(1);
    expect((await send([mine])).seq).toBe(2);
  });
});

describe("a file that many sends want", () => {
  it("goes to one of them, also through two nodes", async () => {
    const { roomId, first, uploadFile, asFirst } = await scene();
    const callers = [asFirst, await callerFor(other, first)];
    const id = await uploadFile();
    const tries = Array.from({ length: 20 }, (_, index) =>
      (callers[index % 2] ?? asFirst).messages.send({
        roomId,
        clientId: randomUUID(),
        body: `try ${index}`,
        attachmentIds: [id],
      }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject(gone);
    }
    expect((await asFirst.messages.list({ roomId })).items.map(({ seq }) => seq)).toEqual([1]);
  });

  it("makes one message when the same send comes through two nodes", async () => {
    const { roomId, first, uploadFile, asFirst } = await scene();
    const asOther = await callerFor(other, first);
    const input = { roomId, clientId: randomUUID(), body: "", attachmentIds: [await uploadFile()] };
    const tries = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? asFirst : asOther).messages.send(input),
    );
    const ids = (await Promise.all(tries)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });

  it("fails a send alone: what shares its commit is stored, without a gap", async () => {
    const { roomId, first, uploadFile } = await scene();
    const id = await uploadFile();
    const sendOf = (body: string, attachmentIds: string[]) => ({
      ...{ roomId, body, attachmentIds },
      ...{ authorId: first.user.id, clientId: randomUUID(), replyToSeq: null, notice: null },
    });
    const sends = [
      sendOf("a", []),
      sendOf("b", [randomUUID()]),
      sendOf("c", [id]),
      sendOf("d", [id]),
      sendOf("e", []),
    ];
    const results = await node.db.$transaction((tx) => storeSends(tx, sends));
    const outcomes = results.map((result) =>
      "ok" in result ? result.ok.change.message.seq : String(result.error),
    );
    const refused = "AppError: ATTACHMENT_NOT_FOUND";
    expect(outcomes).toEqual([1, refused, 2, refused, 3]);
  });
});

describe("a room's files", () => {
  it("are listed newest first, without those of deleted messages", async () => {
    const { roomId, uploadFile, send, asFirst, asSecond } = await scene();
    for (const name of ["1", "2", "3"])
      await send([await uploadFile(name, name), await uploadFile(name, `${name}b`)]);
    await say(asFirst, roomId, "no file");
    const names = (page: Awaited<ReturnType<typeof asSecond.attachments.list>>) =>
      page.items.map(({ attachment, seq }) => `${attachment.name}@${seq}`);
    const newest = await asSecond.attachments.list({ roomId, limit: 2 });
    expect(newest.rev).toBe((await asSecond.messages.list({ roomId })).rev);
    expect(names(newest)).toEqual(["3@3", "3b@3", "2@2", "2b@2"]);
    const rest = await asSecond.attachments.list({ roomId, limit: 2, before: newest.nextCursor ?? 0 });
    expect([names(rest), rest.nextCursor]).toEqual([["1@1", "1b@1"], null]);
    await asFirst.messages.delete({ roomId, seq: 2 });
    expect(names(await asSecond.attachments.list({ roomId }))).toEqual(["3@3", "3b@3", "1@1", "1b@1"]);
  });

  it("are listed by their kinds, a page of messages that have some", async () => {
    const { roomId, first, send, asSecond } = await scene();
    const wav = Buffer.from("RIFF\0\0\0\0WAVEfmt ");
    const uploadAs = async (name: string, bytes: Buffer) =>
      (await receiveBytes(node, first.user, { roomId, name, type: "" }, bytes)).id;
    await send([await uploadAs("old.txt", Buffer.from("1"))]);
    await send([await uploadAs("a.png", await flat(8)), await uploadAs("b.txt", Buffer.from("2"))]);
    await send([await uploadAs("c.wav", wav)]);
    const names = async (kinds?: AttachmentKind[]) => {
      const { items } = await asSecond.attachments.list({ roomId, ...(kinds && { kinds }) });
      return items.map(({ attachment }) => attachment.name);
    };
    expect(await names()).toEqual(["c.wav", "a.png", "b.txt", "old.txt"]);
    expect(await names(["image", "video"])).toEqual(["a.png"]);
    expect(await names(["audio"])).toEqual(["c.wav"]);
    expect(await names(["file"])).toEqual(["b.txt", "old.txt"]);
    expect(await names(["file", "audio"])).toEqual(["c.wav", "b.txt", "old.txt"]);
    const page = await asSecond.attachments.list({ roomId, kinds: ["file"], limit: 1 });
    expect(page.items).toMatchObject([{ attachment: { name: "b.txt" }, seq: 2 }]);
    expect(page.nextCursor).toBe(2);
    await expect(asSecond.attachments.list({ roomId, kinds: [] })).rejects.toMatchObject(
      invalidInput("kinds"),
    );
  });

  it("are for its members, and without what was withheld from them", async () => {
    const { roomId, first, uploadFile, send, asFirst, asSecond } = await scene();
    await asSecond.contacts.block({ userId: first.user.id });
    await send([await uploadFile()]);
    expect((await asFirst.attachments.list({ roomId })).items).toHaveLength(1);
    expect((await asSecond.attachments.list({ roomId })).items).toEqual([]);
    const stranger = await callerFor(node, await newcomer(node));
    await expect(stranger.attachments.list({ roomId })).rejects.toMatchObject(refusal("ROOM_NOT_FOUND"));
  });

  it("lose one that its owner discards before it is sent, and no other", async () => {
    const { uploadFile, send, asFirst, asSecond } = await scene();
    const [id, sent] = [await uploadFile(), await uploadFile()];
    await asSecond.attachments.discard({ id });
    await send([sent]);
    await asFirst.attachments.discard({ id: sent });
    await asFirst.attachments.discard({ id });
    await expect(send([id])).rejects.toMatchObject(gone);
    expect((await node.db.attachment.findUniqueOrThrow({ where: { id: sent } })).expiresAt).toBeNull();
  });
});

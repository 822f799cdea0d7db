import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receiveBytes } from "~/server/attachments/receive";
import type { OwnedRuntime } from "~/server/create-runtime";
import { callerFor, member, newcomer } from "~/test/cast";
import { type Conversation, openConversation, say } from "~/test/conversation";
import { flat } from "~/test/pictures";
import { refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";

let node: OwnedRuntime;
let talk: Conversation;
beforeAll(async () => {
  node = await testRuntime();
  talk = await openConversation(node);
  const { asFirst, asSecond, roomId } = talk;
  await say(asFirst, roomId, "Las canciones de José son lindísimas");
  await say(asSecond, roomId, "I was running late, 100 % sure");
  await say(asFirst, roomId, "El informe está en gastos-mendoza.xlsx");
});
afterAll(() => node[Symbol.asyncDispose]());

const found = async (query: string, options: object = {}) =>
  (await talk.asSecond.messages.search({ query, ...options })).items.map(({ seq }) => seq);

describe("messages.search", () => {
  it.each([
    ["another form of a Spanish word", "canción", [1]],
    ["another form of an English word", "run", [2]],
    ["accents left out", "jose", [1]],
    ["accents put in", "gástos", [3]],
    ["part of a word", "doza", [3]],
    ["all the words, in any order", "lindisima canciones", [1]],
    ["words that do not stand together in one message", "canciones running", []],
    ["a word left out by a minus", "late -sure", []],
    ["a wildcard, taken for itself", "%%%", []],
    ["what nobody wrote", "murciélago", []],
  ])("finds by %s", async (_, query, seqs) => {
    expect(await found(query)).toEqual(seqs);
  });

  it("brings the newest first, page by page, filtered by room, author and time", async () => {
    const { asFirst, asSecond, first, second, roomId } = await openConversation(node);
    const sent = [];
    for (let index = 1; index <= 5; index += 1)
      sent.push(await say(index % 2 ? asFirst : asSecond, roomId, `aguja ${index}`));
    const seqs = async (options: object) =>
      (await asFirst.messages.search({ query: "aguja", ...options })).items.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([5, 4, 3, 2, 1]);
    expect(await seqs({ authorId: second.user.id })).toEqual([4, 2]);
    expect(await seqs({ authorId: first.user.id, roomId })).toEqual([5, 3, 1]);
    expect(await seqs({ roomId: talk.roomId })).toEqual([]);
    expect(await seqs({ sentAfter: sent[3]?.createdAt })).toEqual([5, 4]);
    expect(await seqs({ sentBefore: sent[1]?.createdAt })).toEqual([1]);
    const page = await asFirst.messages.search({ query: "aguja", limit: 3 });
    expect(await seqs({ cursor: page.nextCursor })).toEqual([2, 1]);
  });

  it("brings what has a file, a picture or a link, by whoever and whenever, with words and without", async () => {
    const { asFirst, asSecond, first, second, roomId } = await openConversation(node);
    const upload = async (name: string, bytes: Buffer) =>
      (await receiveBytes(node, first.user, { roomId, name, type: "" }, bytes)).id;
    const send = async (caller: typeof asFirst, body: string, attachmentIds: string[] = []) =>
      caller.messages.send({ roomId, clientId: crypto.randomUUID(), body, attachmentIds });
    await send(asFirst, "mira https://example.org/una", [await upload("a.png", await flat(8))]);
    await send(asFirst, "", [await upload("b.txt", Buffer.from("hola"))]);
    await send(asSecond, "el enlace: http://example.org");
    await send(asSecond, "nada de nada");
    const deleted = await send(asFirst, "https://example.org/otra");
    await asFirst.messages.delete({ roomId, seq: deleted.seq });
    const seqs = async (input: object) =>
      (await asFirst.messages.search({ roomId, ...input })).items.map(({ seq }) => seq);
    expect(await seqs({ has: ["file"] })).toEqual([2, 1]);
    expect(await seqs({ has: ["image"] })).toEqual([1]);
    expect(await seqs({ has: ["video"] })).toEqual([]);
    expect(await seqs({ has: ["link"] })).toEqual([3, 1]);
    expect(await seqs({ has: ["link", "file"] })).toEqual([1]);
    expect(await seqs({ query: "mira", has: ["link"] })).toEqual([1]);
    expect(await seqs({ author: second.user.username })).toEqual([4, 3]);
    expect(await seqs({ author: "nobody-at-all" })).toEqual([]);
    expect(await seqs({ sentAfter: new Date(0), author: first.user.username, has: ["link"] })).toEqual([1]);
  });

  it("follows edits and forgets what was deleted", async () => {
    const { asFirst, roomId } = await openConversation(node);
    const place = await say(asFirst, roomId, "palabra original");
    const finds = async (query: string) => (await asFirst.messages.search({ query, roomId })).items.length;
    await asFirst.messages.edit({ roomId, seq: place.seq, body: "palabra cambiada" });
    expect([await finds("original"), await finds("cambiada")]).toEqual([0, 1]);
    await asFirst.messages.delete({ roomId, seq: place.seq });
    expect(await finds("palabra")).toBe(0);
  });

  it("finds in one's own rooms alone, and nothing that was withheld", async () => {
    const olga = await callerFor(node, await member(node, "olga"));
    expect((await olga.messages.search({ query: "canciones" })).items).toEqual([]);
    const { asFirst, asSecond, first, roomId } = await openConversation(node);
    await asSecond.contacts.block({ userId: first.user.id });
    await say(asFirst, roomId, "susurro");
    expect((await asSecond.messages.search({ query: "susurro" })).items).toEqual([]);
    expect((await asFirst.messages.search({ query: "susurro" })).items).toHaveLength(1);
  });

  it("finds the same among many, whether by walking back or by the indexes, seeing all or little of it", async () => {
    const { asFirst, asSecond, first, roomId } = await openConversation(node);
    const old = await say(asSecond, roomId, "la aguja en el pajar");
    const elsewhere = await openConversation(node);
    /** Hay on top of it: more than is walked over. */
    const heap = (where: string, from: number, to: number, body: string) => node.db.$executeRaw`
      INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "searchBody", "searchWords", "createdAt")
      SELECT gen_random_uuid(), ${where}::uuid, n, n, ${first.user.id}::uuid, gen_random_uuid(), ${body}, ${body},
        to_tsvector('spanish', ${body}), now() + n * interval '1 ms'
      FROM generate_series(${from}::int, ${to}::int) n`;
    await heap(roomId, 2, 11_000, "paja");
    await node.db.room.update({ where: { id: roomId }, data: { lastSeq: 11_000, lastRev: 11_000 } });
    const found = async (input: object) =>
      (await asFirst.messages.search({ limit: 3, ...input })).items.map(({ seq }) => seq);
    const looks = async () => {
      expect(await found({ query: "paja" })).toEqual([11_000, 10_999, 10_998]);
      expect(await found({ query: "aguja" })).toEqual([1]);
      expect(await found({ query: "guj" })).toEqual([1]);
      expect(await found({ query: "aguja", roomId })).toEqual([1]);
      expect(await found({ sentBefore: new Date(old.createdAt.getTime() + 1), roomId })).toEqual([1]);
      const page = await asFirst.messages.search({ query: "paja", limit: 2 });
      expect(await found({ query: "paja", cursor: page.nextCursor })).toEqual([10_998, 10_997, 10_996]);
    };
    await looks();
    // What is one's own becomes a small part of all.
    await heap(elsewhere.roomId, 1, 1_000, "aguja");
    await node.db.$executeRaw`ANALYZE "Message"`;
    await node.db.$executeRaw`UPDATE "pg_class" SET "reltuples" = 1e6 WHERE "oid" = '"Message"'::regclass`;
    await looks();
  });

  it("refuses a query that is none, and who is signed out", async () => {
    const asMe = await callerFor(node, await newcomer(node));
    for (const query of [" ", "a".repeat(201), "\u0000", undefined]) {
      await expect(asMe.messages.search({ query })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    const nobody = await callerFor(node);
    await expect(nobody.messages.search({ query: "hola" })).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
  });
});

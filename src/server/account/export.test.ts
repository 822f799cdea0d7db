import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { receiveBytes } from "~/server/attachments/receive";
import type { OwnedRuntime } from "~/server/create-runtime";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { uploadPicture } from "~/test/picture-uploads";
import { refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { unzip } from "~/test/unzip";
import { exportsPerPerson } from "./export";
import { itemsPerPage } from "./json-pages";

let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const addressFor = async (member: Member): Promise<string> => {
  const { url } = await (await callerFor(node, member)).account.requestExport();
  return `${server.origin}${url}`;
};

/** What somebody's export holds: documents as what they say, files as their bytes. */
const exportOf = async (member: Member) => {
  const response = await fetch(await addressFor(member));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/zip",
    "content-disposition": expect.stringMatching(
      new RegExp(`^attachment; filename="charla-${member.user.username}-\\d{4}-\\d\\d-\\d\\d.zip"$`),
    ),
    "cache-control": "no-store",
  });
  const files = await unzip(Buffer.from(await response.arrayBuffer()));
  const json = (name: string) => JSON.parse(files.get(name)?.toString() ?? "null");
  return { files, json, names: [...files.keys()].sort() };
};

/** As JSON says it. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

const sha256 = (bytes: Buffer | undefined) =>
  createHash("sha256")
    .update(bytes ?? "")
    .digest("hex");

describe("an export", () => {
  it("holds what the database says of a person, and their files byte for byte", async () => {
    const { first: me, second, asFirst: asMe, asSecond, roomId } = await openConversation(node);
    const blocked = await newcomer(node);
    await asMe.contacts.block({ userId: blocked.user.id });
    await asMe.auth.setPicture({ pictureId: await uploadPicture({ origin: server.origin, member: me }) });
    await say(asMe, roomId, "hola, ñandú 🦤");
    await say(asSecond, roomId, "qué tal");
    const bytes = Buffer.from("a file of mine");
    const { id } = await receiveBytes(node, me.user, { roomId, name: 'no/ta: "1".txt', type: "" }, bytes);
    await asMe.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] });
    const theirs = await receiveBytes(node, second.user, { roomId, name: "theirs.txt", type: "" }, bytes);
    await asSecond.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [theirs.id] });
    const user = await (await callerFor(node, me)).auth.me();

    const { files, json, names } = await exportOf(me);
    expect(names).toEqual([
      "README.txt",
      "blocked.json",
      "contacts.json",
      `files/${id} ta_ _1_.txt`,
      `messages/${roomId}.json`,
      "messages/elsewhere.json",
      "picture.webp",
      "profile.json",
      "rooms.json",
      "sessions.json",
    ]);
    const { pictureId: _, profileRev: __, deleted: ___, ...profile } = user;
    expect(json("profile.json")).toMatchObject(profile);
    const sessions = await asMe.auth.sessions();
    expect(json("sessions.json")).toEqual(asJson(sessions.map(({ current: _, ...session }) => session)));
    expect(json("contacts.json")).toMatchObject([{ user: second.user }]);
    expect(json("blocked.json")).toMatchObject([{ user: blocked.user }]);
    expect(json("rooms.json")).toMatchObject([
      { id: roomId, kind: "direct", title: null, role: "member", peer: second.user, lastReadSeq: 3 },
    ]);
    const { items } = await asMe.messages.list({ roomId });
    expect(items).toHaveLength(4);
    expect(json(`messages/${roomId}.json`)).toEqual(asJson(items));
    expect(json("messages/elsewhere.json")).toEqual([]);
    const row = await node.db.attachment.findUniqueOrThrow({ where: { id } });
    expect(sha256(files.get(`files/${id} ta_ _1_.txt`))).toBe(row.sha256);
    expect(files.get("picture.webp")?.subarray(8, 12).toString()).toBe("WEBP");
  });

  it("holds no secret, neither of theirs nor of anybody else's", async () => {
    const me = await newcomer(node);
    const asMe = await callerFor(node, me);
    const { roomId } = await asMe.groups.create({ title: "Secretos", userIds: [] });
    const invite = await asMe.groups.createInvite({ roomId });
    const rows = await node.db.user.findUniqueOrThrow({
      where: { id: me.user.id },
      include: { sessions: true },
    });
    const secrets = [rows.passwordHash, ...rows.sessions.map(({ tokenHash }) => tokenHash), invite.token];
    const { files } = await exportOf(me);
    const all = Buffer.concat([...files.values()]).toString();
    for (const secret of [...secrets, me.password, me.cookie.split("=")[1] ?? ""]) {
      expect(all).not.toContain(secret);
    }
  });

  it("holds what was written in a group that one has left, and nothing else of it", async () => {
    const [me, owner] = [await newcomer(node), await newcomer(node)];
    const [asMe, asOwner] = [await callerFor(node, me), await callerFor(node, owner)];
    const { roomId } = await asOwner.groups.create({ title: "Left", userIds: [me.user.id] });
    const mine = await say(asMe, roomId, "mine");
    const taken = await say(asMe, roomId, "taken back");
    await asMe.messages.delete({ roomId, seq: taken.seq });
    await say(asOwner, roomId, "theirs");
    await asMe.groups.leave({ roomId });
    const { json, names } = await exportOf(me);
    expect(json("messages/elsewhere.json")).toEqual([asJson(mine)]);
    expect(json("rooms.json")).toEqual([]);
    expect(names).not.toContain(`messages/${roomId}.json`);
  });

  it("says of others no more than the chat does", async () => {
    const { first, second, asFirst, asSecond, roomId } = await openConversation(node);
    // What was said to somebody by whom one is blocked is for oneself alone.
    await asFirst.contacts.block({ userId: second.user.id });
    await say(asSecond, roomId, "heard by nobody");
    const theirs = await exportOf(first);
    expect(theirs.json(`messages/${roomId}.json`)).toEqual([]);
    const mine = await exportOf(second);
    expect(mine.json(`messages/${roomId}.json`)).toMatchObject([{ body: "heard by nobody" }]);
    expect(mine.files.get("rooms.json")?.toString()).not.toMatch(/block/i);
    // That somebody has one on their list shows once they have said something.
    const request = await openRequest(node);
    expect((await exportOf(request.second)).json("rooms.json")).toEqual([]);
    await say(request.asFirst, request.roomId, "may I?");
    const { json } = await exportOf(request.second);
    expect(json("rooms.json")).toMatchObject([{ id: request.roomId, acceptedAt: null }]);
    expect(json(`messages/${request.roomId}.json`)).toMatchObject([{ body: "may I?" }]);
  });

  it("holds one's own messages also where one has deleted them for oneself, and nobody else's", async () => {
    const { first, asFirst, asSecond, roomId } = await openConversation(node);
    await say(asFirst, roomId, "mine");
    await say(asSecond, roomId, "theirs");
    for (const seq of [1, 2]) await asFirst.messages.hide({ roomId, seq, on: true });
    const { json } = await exportOf(first);
    expect(json(`messages/${roomId}.json`)).toMatchObject([{ body: "mine" }]);
  });

  it("is of one moment, however many pages it has, while people go on writing", async () => {
    const { first, asFirst, roomId } = await openConversation(node);
    const count = itemsPerPage * 2 + 7;
    for (let sent = 0; sent < count; sent += 100) {
      const some = Array.from({ length: Math.min(100, count - sent) }, (_, index) => sent + index);
      await Promise.all(some.map((number) => say(asFirst, roomId, `number ${number}`)));
    }
    let writing = true;
    const writer = (async () => {
      for (let number = 0; writing; number += 1) {
        await say(asFirst, roomId, `meanwhile ${number}`);
        await asFirst.messages.edit({ roomId, seq: (number % count) + 1, body: `edited ${number}` });
      }
    })();
    const { json } = await exportOf(first);
    writing = false;
    await writer;
    const messages: { seq: number; rev: number }[] = json(`messages/${roomId}.json`);
    const [{ lastReadSeq }] = json("rooms.json");
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    expect(messages.length).toBeGreaterThanOrEqual(count);
    // One's own messages are read as they are written: the room's row and its messages are of one moment.
    expect(lastReadSeq).toBe(messages.length);
  });
});

describe("the address of an export", () => {
  it("is good once, for what it is for, and for who is signed in", async () => {
    const me = await newcomer(node);
    const statusOf = async (address: string) => (await fetch(address)).status;
    const address = await addressFor(me);
    expect(await statusOf(address)).toBe(200);
    expect(await statusOf(address)).toBe(429);
    const { sessionId } = (await node.sessions.validate(me.cookie.split("=")[1] ?? "")) ?? { sessionId: "" };
    const access = await node.tokens.signAccess(me.user.id, sessionId);
    expect(await statusOf(`${server.origin}/api/export?token=${access}`)).toBe(401);
    expect(await statusOf(`${server.origin}/api/export`)).toBe(401);
    const download = new URL(await addressFor(me)).searchParams.get("token");
    const asAccess = { headers: { Authorization: `Bearer ${download}` } };
    expect((await fetch(`${server.origin}/api/auth/me`, asAccess)).status).toBe(401);
    const late = await addressFor(me);
    await (await callerFor(node, me)).auth.signOut();
    expect(await statusOf(late)).toBe(401);
    expect((await fetch(late, { method: "POST" })).status).toBe(405);
  });

  it("is given a few times a day", async () => {
    const me = await newcomer(node);
    await node.backplane.limits.take(exportsPerPerson, me.user.id, exportsPerPerson.points);
    await expect(addressFor(me)).rejects.toMatchObject(refusal("RATE_LIMITED"));
  });
});

describe("a client that goes", () => {
  it("stops the export, wherever it is, and leaves nothing behind", async () => {
    const { first, asFirst, roomId } = await openConversation(node);
    const random = Buffer.from(Array.from({ length: 3_000_000 }, () => Math.floor(Math.random() * 256)));
    for (let file = 0; file < 4; file += 1) {
      const { id } = await receiveBytes(node, first.user, { roomId, name: "big.bin", type: "" }, random);
      await asFirst.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] });
    }
    const closed = vi.spyOn(node.storage, "read");
    const request = get(await addressFor(first));
    const [response] = (await once(request, "response")) as [IncomingMessage];
    await once(response, "readable");
    request.destroy();
    await vi.waitFor(async () => {
      const streams = await Promise.all(closed.mock.results.map(({ value }) => value));
      expect(streams.every(({ destroyed }) => destroyed)).toBe(true);
    });
    expect(closed.mock.results.length).toBeLessThan(4);
    expect(
      readdirSync(node.storage.workDir, { withFileTypes: true }).filter((entry) => entry.isFile()),
    ).toEqual([]);
  });
});

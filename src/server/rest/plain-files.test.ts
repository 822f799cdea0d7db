import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Attachment } from "~/shared/attachments";
import { attachmentMaxBytes, attachmentQuotaBytes } from "~/shared/limits";
import type { Message } from "~/shared/messages";
import type { Member } from "~/test/cast";
import { openConversation } from "~/test/conversation";
import { liar, photo } from "~/test/pictures";
import { openPlain, type PlainClient } from "~/test/plain-client";
import { askRest, logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { download, post } from "~/test/uploads";

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

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const tokenOf = async (member: Member): Promise<string> => (await logIn(server.origin, member)).access_token;

const open = async () => {
  const { first, second, roomId } = await openConversation(node);
  const [token, otherToken] = await Promise.all([tokenOf(first), tokenOf(second)]);
  const client = openPlain(server.origin, `${roomId}?token=${token}`);
  await client.hear("ready");
  return { first, second, roomId, token, otherToken, client };
};

/** Announces a file and sends it in frames of so many bytes. */
const sendFile = (client: PlainClient, bytes: Buffer, about: object = {}, frameBytes = 100_000): void => {
  client.say({ type: "attachment", name: "data.bin", size: bytes.length, ...about });
  for (let at = 0; at < bytes.length; at += frameBytes) client.ws.send(bytes.subarray(at, at + frameBytes));
};

const heardFile = async (client: PlainClient, count = 1): Promise<Attachment> => {
  const frames = await client.hear("attachment", count);
  return frames.at(-1)?.["attachment"] as Attachment;
};

/** What the other side downloads with a token of its own, by hash. */
const hashFor = async (token: string, url: string): Promise<string> => {
  const headers = { Authorization: `Bearer ${token}` };
  return sha256((await download({ origin: server.origin }, url, { headers })).bytes);
};

const files = {
  "a large one": randomBytes(3_000_000),
  "a small one": Buffer.from("hola, ¿qué tal?"),
};

describe("a program without tRPC", () => {
  it("sends files by REST, byte for byte", async () => {
    const { roomId, token, otherToken, client } = await open();
    await using _ = client;
    const ids: string[] = [];
    for (const [name, bytes] of Object.entries(files)) {
      const { status, body } = await post(server.origin, token, roomId, { name, type: "", bytes });
      expect([status, body.name, body.size]).toEqual([201, name, bytes.length]);
      ids.push(body.id);
    }
    const body = { body: "dos archivos", attachmentIds: ids };
    const sent = await askRest(server.origin, `/messages/${roomId}`, { method: "POST", token, body });
    expect(sent.status).toBe(201);
    const list = await askRest(server.origin, `/messages/${roomId}`, { token: otherToken });
    const [message] = (list.body as { items: Message[] }).items;
    expect(message).toEqual(sent.body);
    const hashes = (message?.attachments ?? []).map(({ url }) => hashFor(otherToken, url));
    expect(await Promise.all(hashes)).toEqual(Object.values(files).map(sha256));
  });

  it("sends files over the plain WebSocket, as binary frames and in base64, byte for byte", async () => {
    const { roomId, token, otherToken, client: one } = await open();
    await using _ = one;
    await using two = openPlain(server.origin, `${roomId}?token=${otherToken}`);
    await two.hear("ready");
    sendFile(one, files["a large one"], { name: "film.bin", clientId: "1" });
    const large = await heardFile(one);
    const data = files["a small one"].toString("base64");
    one.say({ type: "attachment", name: "nota.txt", data, clientId: "2" });
    const small = await heardFile(one, 2);
    expect(one.frames.filter(({ type }) => type === "attachment").map(({ clientId }) => clientId)).toEqual([
      "1",
      "2",
    ]);
    expect([large.name, small.name]).toEqual(["film.bin", "nota.txt"]);
    one.say({ type: "message", body: "dos archivos", attachmentIds: [large.id, small.id] });
    const [message] = await two.hear("message");
    const attachments = message?.["attachments"] as Attachment[];
    expect(attachments).toEqual([large, small]);
    const hashes = attachments.map(({ url }) => hashFor(otherToken, url));
    expect(await Promise.all(hashes)).toEqual(Object.values(files).map(sha256));
    expect(token).not.toBe(otherToken);
  });

  it("gets the same file by either door", async () => {
    const { roomId, token, client } = await open();
    await using _ = client;
    const bytes = await photo("jpeg");
    const { body: byRest } = await post(server.origin, token, roomId, { name: "p.jpg", type: "", bytes });
    sendFile(client, bytes, { name: "p.jpg" });
    const byFrames = await heardFile(client);
    const same = ({ id, url, thumbnailUrl, ...facts }: Attachment) => facts;
    expect(same(byFrames)).toEqual(same(byRest));
    expect(await hashFor(token, byFrames.url)).toBe(await hashFor(token, byRest.url));
  });
});

describe("a file over the plain WebSocket", () => {
  it("lets messages pass while it is on its way", async () => {
    const { client } = await open();
    await using _ = client;
    const bytes = files["a small one"];
    client.say({ type: "attachment", name: "a", size: bytes.length });
    client.ws.send(bytes.subarray(0, 3));
    client.say({ type: "message", body: "in between" });
    client.say({ type: "ping" });
    client.ws.send(bytes.subarray(3));
    await Promise.all([client.hear("ack"), client.hear("pong")]);
    expect((await heardFile(client)).size).toBe(bytes.length);
  });

  it("is refused by the same codes as everywhere, and its bytes are passed over", async () => {
    const { first, roomId, client } = await open();
    await using _ = client;
    const refusals: object[] = [
      { size: 0 },
      { size: attachmentMaxBytes + 1 },
      { size: -1 },
      { size: 3, data: "aGk=" },
      { data: "not base64!" },
      { data: "" },
    ];
    for (const [index, about] of refusals.entries()) {
      client.say({ type: "attachment", name: "a", clientId: String(index), ...about });
      await client.hear("error", index + 1);
    }
    sendFile(client, await liar(65_000, 65_000), { clientId: "6" });
    await client.hear("error", 7);
    const row = {
      roomId,
      ownerId: first.user.id,
      name: "",
      type: "",
      size: attachmentQuotaBytes / 4,
      sha256: "",
    };
    const rows = [1, 2, 3, 4].map(() => ({ ...row, id: randomUUID(), hasThumbnail: false }));
    await node.db.attachment.createMany({ data: rows });
    sendFile(client, files["a large one"], { clientId: "7" });
    client.say({ type: "ping" });
    await client.hear("pong");
    const errors = await client.hear("error", 8);
    expect(errors.map(({ clientId, code }) => [clientId, code])).toEqual([
      ["0", "ATTACHMENT_EMPTY"],
      ["1", "ATTACHMENT_TOO_LARGE"],
      ["2", "INVALID_INPUT"],
      ["3", "INVALID_INPUT"],
      ["4", "INVALID_INPUT"],
      ["5", "ATTACHMENT_EMPTY"],
      ["6", "IMAGE_TOO_LARGE"],
      ["7", "ATTACHMENT_QUOTA"],
    ]);
  });

  it("comes one at a time: a second is refused, and one without its last byte is given up", async () => {
    const { client } = await open();
    await using _ = client;
    const bytes = await photo("png");
    sendFile(client, bytes, { clientId: "first" });
    sendFile(client, bytes, { clientId: "second" });
    const [refused] = await client.hear("error");
    expect(refused).toMatchObject({ code: "RATE_LIMITED", clientId: "second", retryAfterSeconds: 1 });
    await heardFile(client);
    client.say({ type: "attachment", name: "a", size: 10, clientId: "third" });
    client.ws.send(bytes.subarray(0, 4));
    sendFile(client, files["a small one"], { clientId: "fourth" });
    expect((await heardFile(client, 2)).size).toBe(files["a small one"].length);
    expect((await client.hear("error", 2))[1]).toMatchObject({ code: "INVALID_INPUT", clientId: "third" });
  });

  it("has no byte more than was said", async () => {
    const { client } = await open();
    await using _ = client;
    client.say({ type: "attachment", name: "a", size: 3, clientId: "1" });
    client.ws.send(Buffer.from("four"));
    client.ws.send(Buffer.from("more"));
    const errors = await client.hear("error", 2);
    expect(errors.map(({ code }) => code)).toEqual(["INVALID_INPUT", "INVALID_INPUT"]);
    sendFile(client, files["a small one"]);
    await heardFile(client);
  });

  it("that is cut off leaves nothing behind", async () => {
    const { first, client } = await open();
    const ids = async () => [...(await node.storage.uploads.list()).keys()];
    const before = await ids();
    client.say({ type: "attachment", name: "a", size: 5_000_000 });
    client.ws.send(randomBytes(900_000));
    await vi.waitFor(async () => expect((await ids()).length).toBe(before.length + 1));
    await client[Symbol.asyncDispose]();
    await vi.waitFor(async () => expect(await ids()).toEqual(before));
    expect(await node.db.attachment.count({ where: { ownerId: first.user.id } })).toBe(0);
  });

  it("comes in frames of a mebibyte at most; text without one is held to 64 KiB", async () => {
    const { client, roomId, token } = await open();
    await using _ = client;
    sendFile(client, files["a large one"], {}, 1024 * 1024);
    await heardFile(client);
    client.say({ type: "attachment", name: "a", data: randomBytes(700_000).toString("base64") });
    await heardFile(client, 2);
    client.say({ type: "message", body: "x".repeat(70_000) });
    expect((await client.closed).code).toBe(1009);
    await using other = openPlain(server.origin, `${roomId}?token=${token}`);
    await other.hear("ready");
    other.ws.send(randomBytes(1024 * 1024 + 1));
    expect((await other.closed).code).toBe(1009);
  });

  it("is nobody's who has not said who they are", async () => {
    const { roomId } = await openConversation(node);
    await using client = openPlain(server.origin, roomId);
    client.ws.once("open", () => sendFile(client, files["a small one"]));
    const errors = await client.hear("error", 2);
    expect(errors.map(({ code }) => code)).toEqual(["NOT_SIGNED_IN", "NOT_SIGNED_IN"]);
  });
});

import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { openConversation } from "~/test/conversation";
import { photo } from "~/test/pictures";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { type Browser, download, type FileAnswer } from "~/test/uploads";
import { receiveBytes } from "./receive";

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

const browserOf = (member?: Member): Browser => ({ origin: server.origin, member });

/** Uploads a file into a room, and sends it unless told otherwise. */
const share = async (owner: Member, roomId: string, bytes: Uint8Array, { isSent = true } = {}) => {
  const form = { roomId, name: "a.bin", type: "" };
  const { id, url } = await receiveBytes(node, owner.user, form, bytes);
  if (!isSent) return { id, url, seq: 0 };
  const caller = await callerFor(node, owner);
  const { seq } = await caller.messages.send({
    roomId,
    clientId: randomUUID(),
    body: "",
    attachmentIds: [id],
  });
  return { id, url, seq };
};

/** A group of an owner and two more, and somebody outside. */
const openGroup = async () => {
  const [owner, member, leaver, stranger] = await Promise.all([1, 2, 3, 4].map(() => newcomer(node)));
  if (!owner || !member || !leaver || !stranger) throw new Error("nobody came");
  const asOwner = await callerFor(node, owner);
  const userIds = [member.user.id, leaver.user.id];
  const { roomId } = await asOwner.groups.create({ title: "Fotos", userIds });
  return { roomId, owner, member, leaver, stranger, asOwner };
};

/** Every way to ask for a file. */
const waysToAsk = (
  url: string,
): [path: string, options: { method?: string; headers?: Record<string, string> }][] => [
  [url, {}],
  [`${url}/`, {}],
  [`${url}/thumbnail`, {}],
  [`${url}?thumbnail`, {}],
  [url.toUpperCase().replace("/API/ATTACHMENTS", "/api/attachments"), {}],
  [url, { method: "HEAD" }],
  [url, { headers: { Range: "bytes=0-0" } }],
  [url, { headers: { Range: "bytes=-1" } }],
  [url, { headers: { Range: "bytes=99999999-" } }],
  [url, { headers: { "If-None-Match": "*" } }],
  [url, { headers: { "If-Range": '"x"', Range: "bytes=0-3" } }],
];

const isRefused = ({ status, bytes, headers }: FileAnswer, expected: number): void => {
  expect(status).toBe(expected);
  expect(bytes.includes("secret")).toBe(false);
  for (const name of ["etag", "content-range", "content-disposition", "accept-ranges"]) {
    expect(headers.get(name)).toBeNull();
  }
};

describe("who may read", () => {
  const secret = Buffer.from("secret".repeat(50));

  it("is asked for every file, by every way to ask, of everybody", async () => {
    const { roomId, owner, member, leaver, stranger, asOwner } = await openGroup();
    const sent = await share(owner, roomId, secret);
    const unsent = await share(owner, roomId, secret, { isSent: false });
    const deleted = await share(owner, roomId, secret);
    const ofLeaver = await share(leaver, roomId, secret);
    await asOwner.messages.delete({ roomId, seq: deleted.seq });
    await asOwner.groups.removeMember({ roomId, userId: leaver.user.id });

    const readers: [string, Member | undefined, string[]][] = [
      ["owner", owner, [sent.url, unsent.url, ofLeaver.url]],
      ["member", member, [sent.url, ofLeaver.url]],
      ["leaver", leaver, []],
      ["stranger", stranger, []],
      ["nobody", undefined, []],
    ];
    const nothing = `/api/attachments/${randomUUID()}`;
    for (const [name, reader, allowed] of readers) {
      for (const url of [sent.url, unsent.url, deleted.url, ofLeaver.url, nothing]) {
        for (const [path, options] of waysToAsk(url)) {
          const answer = await download(browserOf(reader), path, options);
          if (allowed.includes(url)) expect([200, 206, 304, 416], `${name} ${path}`).toContain(answer.status);
          else isRefused(answer, reader ? 404 : 401);
        }
      }
    }
  });

  it("is the same answer for what is not there and what is not theirs", async () => {
    const { roomId, owner, stranger } = await openGroup();
    const { url } = await share(owner, roomId, secret);
    const theirs = await download(browserOf(stranger), url);
    const nobodys = await download(browserOf(stranger), `/api/attachments/${randomUUID()}`);
    const said = (answer: FileAnswer) => ({ ...JSON.parse(answer.bytes.toString()), requestId: null });
    expect(said(theirs)).toEqual(said(nobodys));
    const names = (answer: FileAnswer) => [...answer.headers.keys()].sort();
    expect(names(theirs)).toEqual(names(nobodys));
  });

  it("is not who was blocked when it was sent", async () => {
    const { roomId, first, second, asSecond } = await openConversation(node);
    await asSecond.contacts.block({ userId: first.user.id });
    const { url } = await share(first, roomId, secret);
    expect((await download(browserOf(first), url)).status).toBe(200);
    isRefused(await download(browserOf(second), url), 404);
  });

  it("is who brings an access token, too", async () => {
    const { roomId, owner } = await openGroup();
    const { url } = await share(owner, roomId, secret);
    const { access_token } = await logIn(server.origin, owner);
    const headers = { Authorization: `Bearer ${access_token}` };
    expect((await download(browserOf(), url, { headers })).bytes.equals(secret)).toBe(true);
  });

  it.each([
    "/api/attachments",
    "/api/attachments/",
    "/api/attachments/..%2f",
    "/api/attachments/x/y",
    "/api/attachments/0/thumbnail",
  ])("is nobody where there is no file: %s", async (path) => {
    const { owner } = await openGroup();
    isRefused(await download(browserOf(owner), path), 404);
  });
});

describe("leaving a room", () => {
  it("ends the right to its files at once", async () => {
    const { roomId, owner, leaver } = await openGroup();
    const { url } = await share(owner, roomId, randomBytes(1000));
    const asLeaver = await callerFor(node, leaver);
    expect((await download(browserOf(leaver), url)).status).toBe(200);
    await asLeaver.groups.leave({ roomId });
    isRefused(await download(browserOf(leaver), url), 404);
  });

  it("cuts a download that is under way within a second or so", async () => {
    const { roomId, owner, leaver } = await openGroup();
    const size = 60 * 1024 ** 2;
    const { url } = await share(owner, roomId, randomBytes(size));
    const request = get(`${server.origin}${url}`, { headers: { Cookie: leaver.cookie } });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    let received = 0;
    const ended = new Promise<void>((resolve) => response.on("error", () => resolve()).on("end", resolve));
    await (await callerFor(node, leaver)).groups.leave({ roomId });
    // Read slowly, as over a thin line: a fifth of a second for each chunk of 4 MiB.
    response.on("data", (chunk: Buffer) => {
      const before = Math.floor(received / 4 / 1024 ** 2);
      received += chunk.length;
      if (Math.floor(received / 4 / 1024 ** 2) === before) return;
      response.pause();
      setTimeout(() => response.resume(), 200);
    });
    await ended;
    expect(received).toBeLessThan(size);
  });
});

describe("a part of a file", () => {
  const bytes = randomBytes(1000);
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const { roomId, owner } = await openGroup();
    browser = browserOf(owner);
    url = (await share(owner, roomId, bytes)).url;
  });

  it.each([
    ["bytes=0-99", 206, 0, 100],
    ["bytes=900-", 206, 900, 1000],
    ["bytes=-100", 206, 900, 1000],
    ["bytes=-5000", 206, 0, 1000],
    ["bytes=990-5000", 206, 990, 1000],
    ["bytes=0-0", 206, 0, 1],
    ["bytes=1000-", 416, 0, 0],
    ["bytes=-0", 416, 0, 0],
    ["bytes=5-1", 200, 0, 1000],
    ["bytes=-", 200, 0, 1000],
    ["bytes=0-1,5-6", 200, 0, 1000],
    ["lines=0-1", 200, 0, 1000],
    ["bytes=abc", 200, 0, 1000],
    ["bytes=99999999999999999999-", 416, 0, 0],
  ])("%s is answered with %i", async (range, status, start, end) => {
    const answer = await download(browser, url, { headers: { Range: range } });
    expect(answer.status).toBe(status);
    expect(answer.bytes.equals(bytes.subarray(start, end))).toBe(true);
    const contentRange = { 200: null, 206: `bytes ${start}-${end - 1}/1000`, 416: "bytes */1000" }[status];
    expect(answer.headers.get("content-range")).toBe(contentRange);
  });

  it("is the whole where the file is not the one that the reader has a part of", async () => {
    const etag = (await download(browser, url)).headers.get("etag") ?? "";
    const ask = (ifRange: string) =>
      download(browser, url, { headers: { Range: "bytes=0-9", "If-Range": ifRange } });
    expect((await ask(etag)).status).toBe(206);
    expect((await ask('"another"')).status).toBe(200);
  });
});

describe("a reader who has it", () => {
  it("is told so, as long as it is theirs to read", async () => {
    const { roomId, owner, member, asOwner } = await openGroup();
    const { url } = await share(owner, roomId, await photo("jpeg"));
    const reader = browserOf(member);
    for (const path of [url, `${url}/thumbnail`]) {
      const etag = (await download(reader, path)).headers.get("etag") ?? "";
      const headers = { "If-None-Match": `"x", W/${etag}` };
      const again = await download(reader, path, { headers });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
      const { headers: told, bytes } = await download(reader, path, { method: "HEAD" });
      expect([Number(told.get("content-length")) > 0, bytes.length]).toEqual([true, 0]);
    }
    await asOwner.groups.removeMember({ roomId, userId: member.user.id });
    expect((await download(reader, url, { headers: { "If-None-Match": "*" } })).status).toBe(404);
  });
});

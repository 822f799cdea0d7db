import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { attachmentMaxBytes, attachmentQuotaBytes } from "~/shared/limits";
import { newcomer } from "~/test/cast";
import { openConversation } from "~/test/conversation";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { append, begin, download, post, textFile, tus, upload } from "~/test/uploads";

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
const file = { name: "data.bin", type: "application/octet-stream", bytes: randomBytes(300_000) };

const scene = async () => {
  const { roomId, first, second, asFirst } = await openConversation(node);
  const { origin } = server;
  return { roomId, asFirst, first: { origin, member: first }, second: { origin, member: second } };
};

describe("a resumable upload", () => {
  it("arrives byte for byte, piece by piece, and knows how far it got", async () => {
    const { roomId, first } = await scene();
    const begun = await begin(first, roomId, file, file.bytes.length);
    expect(begun.status).toBe(201);
    const url = begun.headers.get("location") ?? "";
    expect(url).toMatch(/^\/api\/uploads\/[0-9a-f-]{36}$/);
    expect((await append(first, url, 0, file.bytes.subarray(0, 100_000))).status).toBe(204);
    expect((await tus(first, "HEAD", url)).headers.get("upload-offset")).toBe("100000");
    expect((await append(first, url, 50_000, file.bytes.subarray(50_000))).status).toBe(409);
    expect((await append(first, url, 100_000, file.bytes.subarray(100_000))).status).toBe(204);
    const { bytes } = await download(first, url.replace("uploads", "attachments"));
    expect(sha256(bytes)).toBe(sha256(file.bytes));
  });

  it("is complete to a client that never had the last answer", async () => {
    const { roomId, first } = await scene();
    const begun = await begin(first, roomId, file, file.bytes.length);
    const url = begun.headers.get("location") ?? "";
    await append(first, url, 0, file.bytes);
    const { status, headers } = await tus(first, "HEAD", url);
    expect([status, headers.get("upload-offset")]).toEqual([200, String(file.bytes.length)]);
    expect((await append(first, url, file.bytes.length, Buffer.alloc(0))).status).toBe(204);
    expect(await node.db.attachment.count({ where: { roomId } })).toBe(1);
  });

  it("goes on through any node, whichever it began on", async () => {
    await using other = await testRuntime();
    await using elsewhere = await openServer(other);
    const { roomId, first } = await scene();
    const doors = [first, { ...first, origin: elsewhere.origin }];
    const url = (await begin(first, roomId, file, file.bytes.length)).headers.get("location") ?? "";
    for (let step = 0; step < 6; step += 1) {
      const door = doors[(step + 1) % 2] ?? first;
      expect((await tus(door, "HEAD", url)).headers.get("upload-offset")).toBe(String(step * 50_000));
      const piece = file.bytes.subarray(step * 50_000, (step + 1) * 50_000);
      expect((await append(door, url, step * 50_000, piece)).status).toBe(204);
    }
    for (const door of doors) {
      expect((await tus(door, "HEAD", url)).status).toBe(200);
      expect(sha256((await download(door, url.replace("uploads", "attachments"))).bytes)).toBe(
        sha256(file.bytes),
      );
    }
    expect(await node.db.attachment.count({ where: { roomId } })).toBe(1);
  });

  it("is nobody else's to see, to go on with or to end", async () => {
    const { roomId, first, second } = await scene();
    const url = (await begin(first, roomId, file, file.bytes.length)).headers.get("location") ?? "";
    for (const browser of [second, { origin: server.origin, member: await newcomer(node) }]) {
      expect((await tus(browser, "HEAD", url)).status).toBe(404);
      expect((await append(browser, url, 0, file.bytes)).code).toBe("ATTACHMENT_NOT_FOUND");
      expect((await tus(browser, "DELETE", url)).code).toBe("ATTACHMENT_NOT_FOUND");
    }
    expect((await append({ origin: server.origin }, url, 0, file.bytes)).code).toBe("NOT_SIGNED_IN");
    expect((await download(first, url)).status).toBe(404);
    expect((await tus(first, "HEAD", url)).headers.get("upload-offset")).toBe("0");
  });

  it("can be given up", async () => {
    const { roomId, first } = await scene();
    const id = await upload(first, roomId, file);
    expect((await tus(first, "DELETE", `/api/uploads/${id}`)).status).toBe(204);
    expect((await download(first, `/api/attachments/${id}`)).status).toBe(404);
    expect((await tus(first, "HEAD", `/api/uploads/${id}`)).status).toBe(404);
  });

  it("needs a room that one is in", async () => {
    const { roomId } = await scene();
    const stranger = { origin: server.origin, member: await newcomer(node) };
    expect(await upload(stranger, roomId, file)).toBe("ROOM_NOT_FOUND");
    expect(await upload(stranger, randomUUID(), file)).toBe("ROOM_NOT_FOUND");
    expect(await upload(stranger, "no room", file)).toBe("INVALID_INPUT");
  });

  it("is refused to pages of other sites", async () => {
    const { roomId, first } = await scene();
    const headers = { Origin: "https://evil.test", "Upload-Length": "3" };
    const answer = await tus(first, "POST", "/api/uploads", { headers });
    expect([answer.status, answer.code]).toEqual([403, "FORBIDDEN_ORIGIN"]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(await node.db.attachment.count({ where: { roomId } })).toBe(0);
  });

  it.each([["../../../etc/passwd"], ["..%2f..%2fsecret-key"], [`${randomUUID()}.json`], ["tus"]])(
    "has no name but one of ours: %s",
    async (name) => {
      const { first } = await scene();
      expect((await tus(first, "HEAD", `/api/uploads/${name}`)).status).toBe(404);
      expect((await append(first, `/api/uploads/${name}`, 0, file.bytes)).status).toBe(404);
    },
  );
});

describe("a file in one request", () => {
  it("is taken with an access token, and with no cookie", async () => {
    const { roomId, first } = await scene();
    const { access_token } = await logIn(server.origin, first.member);
    const { status, body } = await post(server.origin, access_token, roomId, textFile("notes.txt", "hola"));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "notes.txt",
      kind: "file",
      size: 4,
      url: `/api/attachments/${body.id}`,
    });
    expect((await download(first, body.url)).bytes.toString()).toBe("hola");
    const byCookie = await post(server.origin, undefined, roomId, textFile("a", "b"), {
      Cookie: first.member.cookie,
    });
    expect([byCookie.status, byCookie.body.code]).toEqual([401, "NOT_SIGNED_IN"]);
  });

  it("is refused where the form is none", async () => {
    const { first } = await scene();
    const { access_token } = await logIn(server.origin, first.member);
    const headers = { Authorization: `Bearer ${access_token}` };
    const send = async (body: string, type: string) => {
      const url = `${server.origin}/api/attachments`;
      const response = await fetch(url, {
        method: "POST",
        headers: { ...headers, "Content-Type": type },
        body,
      });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const form = (part: string) => `--x\r\nContent-Disposition: form-data; ${part}\r\n\r\nhola\r\n--x--\r\n`;
    const multipart = "multipart/form-data; boundary=x";
    const invalid = [422, "INVALID_INPUT"];
    expect(await send("{}", "application/json")).toEqual(invalid);
    expect(await send("hola", "multipart/form-data")).toEqual(invalid);
    expect(await send("hola", multipart)).toEqual(invalid);
    expect(await send(form('name="roomId"'), multipart)).toEqual(invalid);
    expect(await send(form('name="file"; filename="a.txt"'), multipart)).toEqual(invalid);
  });
});

describe("limits", () => {
  it("refuse what is empty or too large, before and after the bytes are there", async () => {
    const { roomId, first } = await scene();
    const { access_token } = await logIn(server.origin, first.member);
    expect((await begin(first, roomId, file, 0)).code).toBe("ATTACHMENT_EMPTY");
    expect((await begin(first, roomId, file, attachmentMaxBytes + 1)).code).toBe("ATTACHMENT_TOO_LARGE");
    const empty = await post(server.origin, access_token, roomId, textFile("a.txt", ""));
    expect([empty.status, empty.body.code]).toEqual([422, "ATTACHMENT_EMPTY"]);
    const large = { ...file, bytes: new Uint8Array(attachmentMaxBytes + 1) };
    const refused = await post(server.origin, access_token, roomId, large);
    expect([refused.status, refused.body.code]).toEqual([413, "ATTACHMENT_TOO_LARGE"]);
    const url = (await begin(first, roomId, file, 10)).headers.get("location") ?? "";
    expect((await append(first, url, 0, file.bytes)).code).toBe("ATTACHMENT_TOO_LARGE");
  });

  it("take the largest file that they allow, whole", async () => {
    const { roomId, first } = await scene();
    const bytes = randomBytes(attachmentMaxBytes);
    const id = await upload(first, roomId, { ...file, bytes });
    const answer = await download(first, `/api/attachments/${id}`);
    expect(sha256(answer.bytes)).toBe(sha256(bytes));
  });

  it("refuse what goes past one's space, until some is freed", async () => {
    const { roomId, first } = await scene();
    const id = await upload(first, roomId, file);
    const half = { size: attachmentQuotaBytes / 4 - 100_000, expiresAt: null };
    const { voice: _, ...row } = await node.db.attachment.findUniqueOrThrow({ where: { id } });
    await node.db.attachment.createMany({
      data: [1, 2, 3, 4].map(() => ({ ...row, ...half, id: randomUUID() })),
    });
    expect(await upload(first, roomId, file)).toBe("ATTACHMENT_QUOTA");
    await node.db.attachment.update({ where: { id }, data: { expiresAt: new Date() } });
    expect(await upload(first, roomId, file)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuse more than two GiB an hour, and say for how long", async () => {
    const { roomId, first } = await scene();
    const sizes = Array<number>(20).fill(attachmentMaxBytes);
    for (const size of sizes) expect((await begin(first, roomId, file, size)).status).toBe(201);
    const refused = await begin(first, roomId, file, attachmentMaxBytes);
    expect([refused.status, refused.code]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

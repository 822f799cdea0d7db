import { createHash, randomBytes, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { uploadsPath } from "~/shared/attachment-paths";
import { unsentMinutes } from "~/shared/limits";
import { openConversation } from "~/test/conversation";
import { photo } from "~/test/pictures";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { append, begin, download, tus, upload } from "~/test/uploads";
import { collect } from "./janitor";
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

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const hour = 60 * 60_000;

const scene = async () => {
  const { roomId, first, asFirst } = await openConversation(node);
  return { roomId, owner: first, browser: { origin: server.origin, member: first }, asFirst };
};

/** What lies in the storage of an upload, on its way or whole. */
const traces = async (id: string): Promise<string[]> => {
  const files: string[] = [];
  for await (const { key } of node.storage.list()) if (key.startsWith(id)) files.push(key);
  return (await node.storage.uploads.list()).has(id) ? [...files, `upload ${id}`] : files;
};

/** Sends a PATCH that announces all of `bytes`, and pulls the cable after `cutAt` of them. */
const cutShort = (cookie: string, url: string, bytes: Buffer, offset: number, cutAt: number): Promise<void> =>
  new Promise((resolve) => {
    const { port } = new URL(server.origin);
    const socket = connect(Number(port), "127.0.0.1");
    const head = [
      `PATCH ${url} HTTP/1.1`,
      "Host: localhost",
      `Cookie: ${cookie}`,
      "Tus-Resumable: 1.0.0",
      "Content-Type: application/offset+octet-stream",
      `Upload-Offset: ${offset}`,
      `Content-Length: ${bytes.length - offset}`,
    ];
    socket.on("error", () => {}).on("close", () => resolve());
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.write(bytes.subarray(offset, cutAt), () => socket.destroy());
  });

describe("a connection that is cut", () => {
  it("twenty times in an upload costs nothing that had arrived, and not a byte in the end", async () => {
    const { roomId, browser, owner, asFirst } = await scene();
    const bytes = randomBytes(2_000_000);
    const file = { name: "film.bin", type: "", bytes };
    const url = (await begin(browser, roomId, file, bytes.length)).headers.get("location") ?? "";
    const id = url.slice(uploadsPath.length + 1);
    let offset = 0;
    for (let cut = 1; cut <= 20; cut += 1) {
      await cutShort(owner.cookie, url, bytes, offset, (cut * bytes.length) / 21);
      const { headers } = await tus(browser, "HEAD", url);
      const arrived = Number(headers.get("upload-offset"));
      expect(arrived).toBeGreaterThanOrEqual(offset);
      offset = arrived;
      await expect(
        asFirst.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] }),
      ).rejects.toThrow("ATTACHMENT_NOT_FOUND");
    }
    expect(offset).toBeGreaterThan(0);
    // What was on its way when the cable was pulled may still come in: then the offset has moved, as tus clients know.
    await vi.waitFor(async () => {
      const arrived = Number((await tus(browser, "HEAD", url)).headers.get("upload-offset"));
      expect((await append(browser, url, arrived, bytes.subarray(arrived))).status).toBe(204);
    }, 10_000);
    const { attachments } = await asFirst.messages.send({
      ...{ roomId, clientId: randomUUID(), body: "" },
      attachmentIds: [id],
    });
    expect(sha256((await download(browser, attachments[0]?.url ?? "")).bytes)).toBe(sha256(bytes));
    expect((await asFirst.messages.list({ roomId })).items.map(({ seq }) => seq)).toEqual([1]);
  }, 60_000);

  it("is mended by an ordinary tus client by itself", async () => {
    const { roomId, browser, owner } = await scene();
    const bytes = randomBytes(3_000_000);
    let cuts = 0;
    const url = await new Promise<string>((resolve, reject) => {
      const uploading = new Upload(bytes, {
        endpoint: `${server.origin}${uploadsPath}`,
        metadata: { roomId, filename: "film.bin", filetype: "video/mp4" },
        headers: { Cookie: owner.cookie },
        chunkSize: 500_000,
        retryDelays: [10, 10, 10, 10],
        onProgress: (sent) => {
          if (sent < (cuts + 1) * 800_000 || cuts === 3) return;
          cuts += 1;
          server.cut();
        },
        onError: reject,
        onSuccess: () => resolve(uploading.url ?? ""),
      });
      uploading.start();
    });
    expect(cuts).toBe(3);
    const id = url.slice(url.lastIndexOf("/") + 1);
    expect(sha256((await download(browser, `/api/attachments/${id}`)).bytes)).toBe(sha256(bytes));
  });
});

describe("a process that ends in mid-upload", () => {
  it("before the end was noticed: the client hears of it when it is one", async () => {
    const { roomId, browser } = await scene();
    const bytes = await photo("jpeg");
    const url = (await begin(browser, roomId, { name: "a.jpg", type: "", bytes }, bytes.length)).headers.get(
      "location",
    );
    const id = url?.slice(uploadsPath.length + 1) ?? "";
    // What is there when the last byte is written and nothing else has happened.
    await node.storage.uploads.write(Readable.from([bytes]), id, 0);
    expect((await tus(browser, "HEAD", url ?? "")).headers.get("upload-offset")).toBe(String(bytes.length));
    expect((await download(browser, `/api/attachments/${id}/thumbnail`)).status).toBe(200);
  });

  it("between the file and its row: both are made again, or swept up", async () => {
    const { roomId, browser } = await scene();
    const file = { name: "a.bin", type: "", bytes: randomBytes(1000) };
    const [again, never] = [await upload(browser, roomId, file), await upload(browser, roomId, file)];
    await node.db.attachment.deleteMany({ where: { id: { in: [again, never] } } });
    expect((await tus(browser, "HEAD", `${uploadsPath}/${again}`)).status).toBe(200);
    expect((await download(browser, `/api/attachments/${again}`)).bytes.equals(file.bytes)).toBe(true);
    await collect(node, Date.now() + hour);
    expect(await traces(never)).toEqual([]);
    expect(await traces(again)).toEqual([again]);
  });
});

describe("what nobody needs", () => {
  const send = async (bytes: Buffer, isSent = true) => {
    const { roomId, owner, asFirst, browser } = await scene();
    const form = { roomId, name: "a", type: "" };
    const { id, url } = await receiveBytes(node, owner.user, form, bytes);
    const input = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
    if (isSent) await asFirst.messages.send(input);
    return { id, url, roomId, browser, asFirst, owner };
  };

  it("goes with its message, and with its room", async () => {
    const [deleted, left, kept] = [
      await send(await photo("png")),
      await send(randomBytes(9)),
      await send(randomBytes(9)),
    ];
    await deleted.asFirst.messages.delete({ roomId: deleted.roomId, seq: 1 });
    await node.db.room.delete({ where: { id: left.roomId } });
    await collect(node);
    expect([await traces(deleted.id), await traces(left.id)]).toEqual([[], []]);
    expect(await node.db.attachment.count({ where: { id: { in: [deleted.id, left.id] } } })).toBe(0);
    expect((await download(kept.browser, kept.url)).status).toBe(200);
  });

  it("goes within the hour where it was never sent, and not before", async () => {
    const { id, url, browser } = await send(await photo("png"), false);
    const { expiresAt } = await node.db.attachment.findUniqueOrThrow({ where: { id } });
    expect(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - 50 * 60_000)).toBeLessThan(60_000);
    await collect(node);
    expect((await download(browser, url)).status).toBe(200);
    await node.db.attachment.update({ where: { id }, data: { expiresAt: new Date() } });
    await collect(node);
    expect(await traces(id)).toEqual([]);
  });

  it("goes where an upload was given up, and not where one is only slow", async () => {
    const { roomId, browser } = await scene();
    const file = { name: "a", type: "", bytes: randomBytes(1000) };
    const urls = [await begin(browser, roomId, file, 1000), await begin(browser, roomId, file, 1000)];
    const [idle = "", slow = ""] = urls.map(({ headers }) =>
      (headers.get("location") ?? "").slice(uploadsPath.length + 1),
    );
    const touchedAt = async (id: string) => (await node.storage.uploads.list()).get(id) ?? 0;
    let offset = 0;
    const moveOn = async () => {
      await append(browser, `${uploadsPath}/${slow}`, offset, file.bytes.subarray(offset, offset + 1));
      offset += 1;
      expect(await touchedAt(slow)).toBeGreaterThan(await touchedAt(idle));
    };
    await vi.waitFor(moveOn, { timeout: 5_000, interval: 100 }); // buckets tell the second
    await collect(node, (await touchedAt(slow)) + unsentMinutes * 60_000 - 1);
    expect(await traces(idle)).toEqual([]);
    const { headers } = await tus(browser, "HEAD", `${uploadsPath}/${slow}`);
    expect(headers.get("upload-offset")).toBe(String(offset));
  });

  it("is collected by several nodes at once without harm", async () => {
    const files = await Promise.all(Array.from({ length: 12 }, () => send(randomBytes(9), false)));
    const ids = files.map(({ id }) => id);
    await node.db.attachment.updateMany({ where: { id: { in: ids } }, data: { expiresAt: new Date() } });
    await using other = await testRuntime();
    await Promise.all([collect(node), collect(other), collect(node)]);
    await vi.waitFor(async () => {
      await collect(node);
      expect(await node.db.attachment.count({ where: { id: { in: ids } } })).toBe(0);
    });
    expect((await Promise.all(ids.map(traces))).flat()).toEqual([]);
  });

  it("is never a file that a message takes at the same moment", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, url, browser, roomId, asFirst } = await send(randomBytes(9), false);
      await node.db.attachment.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 30) } });
      const input = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
      const [sent] = await Promise.all([
        asFirst.messages.send(input).catch(() => null),
        vi.waitFor(async () => {
          await collect(node);
          const row = await node.db.attachment.findUnique({ where: { id } });
          expect(row === null || row.expiresAt === null).toBe(true);
        }),
      ]);
      expect((await download(browser, url)).status).toBe(sent ? 200 : 404);
    }
  });
});

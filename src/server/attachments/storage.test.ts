import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { open, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { getDefaultHighWaterMark, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { Upload } from "@tus/server";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "~/shared/errors";
import { testFolder } from "~/test/folder";
import { testStorage } from "~/test/storage";
import { type Storage, thumbnailKey } from "./storage";

let storage: Storage;
beforeAll(async () => {
  storage = await testStorage();
});

const bytes = randomBytes(500_000);

const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: AppError) => error.reason,
  );

/** Puts a file, under a key of its own unless told which. */
const put = async (content: Uint8Array, key: string = uuidv7()): Promise<string> => {
  const source = path.join(testFolder(), uuidv7());
  await writeFile(source, content);
  await storage.put(key, source);
  await rm(source);
  return key;
};

const listed = async (): Promise<Map<string, number>> => {
  const files = new Map<string, number>();
  for await (const { key, size } of storage.list()) files.set(key, size);
  return files;
};

describe("a storage", () => {
  it("gives back what it was given, whole and in parts", async () => {
    const key = await put(bytes);
    expect(await storage.size(key)).toBe(bytes.length);
    expect((await buffer(await storage.read(key))).equals(bytes)).toBe(true);
    for (const [start, end] of [
      [0, 0],
      [0, 99_999],
      [99_999, 99_999],
      [12_345, 67_890],
    ] as const) {
      const part = await buffer(await storage.read(key, { start, end }));
      expect(part.equals(bytes.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
    }
  });

  it("puts a file in the place of what had its key", async () => {
    const key = await put(bytes);
    await put(Buffer.from("another"), key);
    expect(String(await buffer(await storage.read(key)))).toBe("another");
    await put(Buffer.from("another"), key);
    expect(await storage.size(key)).toBe(7);
  });

  it("says that a file is not there, and keeps nothing of a source that is not", async () => {
    const key = uuidv7();
    expect(await reasonOf(storage.size(key))).toBe("ATTACHMENT_NOT_FOUND");
    expect(await reasonOf(storage.read(key))).toBe("ATTACHMENT_NOT_FOUND");
    expect(await reasonOf(storage.read(key, { start: 0, end: 9 }))).toBe("ATTACHMENT_NOT_FOUND");
    await expect(storage.put(key, path.join(testFolder(), "nothing"))).rejects.toThrow("ENOENT");
    expect((await listed()).has(key)).toBe(false);
  });

  it("lists every file with its size, and forgets what is removed", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, (_, size) => put(bytes.subarray(0, size + 1))));
    const [first = "", second = "", ...others] = ids;
    await put(Buffer.from("small"), thumbnailKey(first));
    const before = await listed();
    expect(ids.map((id) => before.get(id))).toEqual(ids.map((_, index) => index + 1));
    expect(before.get(thumbnailKey(first))).toBe(5);
    await storage.remove([first, thumbnailKey(first), second, uuidv7()]);
    await storage.remove([first]);
    const after = await listed();
    expect([first, thumbnailKey(first), second].some((key) => after.has(key))).toBe(false);
    expect(others.every((key) => after.has(key))).toBe(true);
    expect(await reasonOf(storage.read(first))).toBe("ATTACHMENT_NOT_FOUND");
  });

  it("holds no file in memory, however large it is and however slowly it is read", async () => {
    const size = 300 * 1024 ** 2;
    const source = path.join(testFolder(), uuidv7());
    await using file = await open(source, "w");
    await file.truncate(size);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const key = uuidv7();
    await storage.put(key, source);
    const stream = await storage.read(key);
    await once(stream, "readable");
    const hash = createHash("sha256");
    await pipeline(stream, hash);
    clearInterval(watch);
    const expected = createHash("sha256");
    await pipeline(createReadStream(source), expected);
    expect(hash.digest("hex")).toBe(expected.digest("hex"));
    expect(most - before).toBeLessThan(150 * 1024 ** 2);
    await storage.remove([key]);
  });

  it("lets go of a file that its reader has enough of", async () => {
    const key = await put(randomBytes(5_000_000));
    for (let times = 0; times < 60; times += 1) {
      const stream = await storage.read(key);
      for await (const chunk of stream) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(stream.destroyed).toBe(true);
    }
    expect((await buffer(await storage.read(key, { start: 4_999_999, end: 4_999_999 }))).length).toBe(1);
  });
});

describe("uploads", () => {
  const begin = async (size: number): Promise<string> => {
    const id = uuidv7();
    await storage.uploads.create(
      new Upload({ id, size, offset: 0, metadata: { ownerId: "ada", name: "ñ 🎉" } }),
    );
    return id;
  };
  const write = (id: string, from: number, to: number) =>
    storage.uploads.write(streamOf(bytes.subarray(from, to)), id, from);

  async function* inChunks(content: Buffer, failure?: Error) {
    for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
    if (failure) throw failure;
  }
  const streamOf = (content: Buffer, failure?: Error): Readable =>
    // What the store is given is a stream of any kind.
    inChunks(content, failure) as unknown as Readable;

  it("grow piece by piece, and are a file in the end", async () => {
    const { uploads } = storage;
    const id = await begin(bytes.length);
    expect(await uploads.getUpload(id)).toMatchObject({ offset: 0, size: bytes.length });
    expect((await uploads.getUpload(id)).metadata).toEqual({ ownerId: "ada", name: "ñ 🎉" });
    expect(await write(id, 0, 30_000)).toBe(30_000);
    expect((await uploads.getUpload(id)).offset).toBe(30_000);
    expect(await write(id, 30_000, bytes.length)).toBe(bytes.length);
    {
      await using file = await uploads.open(id);
      expect((await buffer(createReadStream(file.path))).equals(bytes)).toBe(true);
    }
    await uploads.remove(id);
    await expect(uploads.getUpload(id)).rejects.toMatchObject({ status_code: 404 });
    expect((await uploads.list()).has(id)).toBe(false);
    expect((await readdir(storage.workDir)).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it("keep what came when the sender was cut off", async () => {
    const id = await begin(bytes.length);
    const cut = storage.uploads.write(streamOf(bytes.subarray(0, 400_000), new Error("cut")), id, 0);
    await expect(cut).rejects.toThrow("cut");
    const { offset } = await storage.uploads.getUpload(id);
    // But for what was on its way to the disk.
    expect(offset).toBeGreaterThanOrEqual(400_000 - 2 * getDefaultHighWaterMark(false));
    expect(offset).toBeLessThanOrEqual(400_000);
    await write(id, offset, bytes.length);
    await using file = await storage.uploads.open(id);
    expect((await buffer(createReadStream(file.path))).equals(bytes)).toBe(true);
  });

  it("take the same bytes twice, from two nodes at once, without harm", async () => {
    const id = await begin(bytes.length);
    await Promise.all([write(id, 0, 50_000), write(id, 0, 30_000), write(id, 0, 50_000)]);
    expect((await storage.uploads.getUpload(id)).offset).toBe(50_000);
    await Promise.all([write(id, 30_000, 70_000), write(id, 50_000, 60_000)]);
    expect((await storage.uploads.getUpload(id)).offset).toBe(70_000);
    await write(id, 70_000, bytes.length);
    await using file = await storage.uploads.open(id);
    expect((await buffer(createReadStream(file.path))).equals(bytes)).toBe(true);
  });

  it("are listed with the time that they were last written to", async () => {
    const began = Date.now();
    const id = await begin(10);
    const touchedAt = (await storage.uploads.list()).get(id) ?? 0;
    expect(touchedAt).toBeGreaterThan(began - 5_000);
    expect(touchedAt).toBeLessThan(Date.now() + 5_000);
    await storage.uploads.remove(id);
    await storage.uploads.remove(id);
    expect((await storage.uploads.list()).has(id)).toBe(false);
  });
});

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, inject, it, onTestFinished, vi } from "vitest";
import { createLog } from "~/server/infra/log";
import type { AppError } from "~/shared/errors";
import { testBucket } from "~/test/bucket";
import { testFolder } from "~/test/folder";
import { TcpProxy } from "../../../bench/chaos/proxy";
import { Random } from "../../../bench/chaos/random";
import { type Bucket, type BucketConfig, openBucket } from "./bucket";
import { openStorage } from "./open-storage";

const bytes = randomBytes(3_000_000);

/** A bucket behind a line of which every connection is cut after so many bytes of answers. */
const openCutOff = async ({ after = Number.POSITIVE_INFINITY } = {}) => {
  const config = await testBucket();
  const line = { after };
  const filter = () => {
    let passed = 0;
    return (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > line.after) throw new Error("cut");
      return chunk;
    };
  };
  const upstreams = [Number(new URL(config.endpoint).port)];
  const proxy = await TcpProxy.listen(0, { upstreams, random: new Random(1), filter });
  const bucket = await openBucket({ ...config, endpoint: `http://127.0.0.1:${proxy.port}` });
  onTestFinished(() => {
    bucket.close();
    proxy.close();
  });
  return { bucket, proxy, line };
};

const put = async (bucket: Bucket, content: Buffer): Promise<string> => {
  const file = path.join(testFolder(), "source");
  await writeFile(file, content);
  await bucket.putFile("files/a", file);
  return "files/a";
};

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "none",
    (error: AppError) => error.reason,
  );

it("reads on where it was cut, as often as it takes", async () => {
  const { bucket, line } = await openCutOff();
  const key = await put(bucket, bytes);
  line.after = 700_000;
  expect((await buffer(await bucket.read(key))).equals(bytes)).toBe(true);
  const part = await buffer(await bucket.read(key, { start: 5, end: 2_900_000 }));
  expect(part.equals(bytes.subarray(5, 2_900_001))).toBe(true);
});

it("fails in the middle of a file where the store is gone, and never ends it early", async () => {
  const { bucket, proxy, line } = await openCutOff();
  const key = await put(bucket, bytes);
  line.after = 700_000;
  const stream = await bucket.read(key);
  proxy.upstreams = [1];
  expect(await reasonOf(buffer(stream))).toBe("UNAVAILABLE");
});

it("stores a file wholly or not at all", async () => {
  const { bucket, proxy } = await openCutOff();
  proxy.weather.isSilent = true;
  const putting = put(bucket, bytes);
  const isListed = async () => {
    for await (const { size } of bucket.list("files/")) return size;
    return undefined;
  };
  proxy.cut();
  proxy.calm();
  await putting;
  expect(await isListed()).toBe(bytes.length);
});

it("says that the store is away, whatever is asked of it, and goes on when it is back", async () => {
  const { bucket, proxy } = await openCutOff();
  const key = await put(bucket, bytes);
  const { upstreams } = proxy;
  proxy.upstreams = [1];
  proxy.cut();
  const refusals = [
    put(bucket, bytes),
    bucket.size(key),
    bucket.read(key),
    bucket.getText(key),
    bucket.remove([key]),
  ];
  expect(await Promise.all(refusals.map(reasonOf))).toEqual(Array(5).fill("UNAVAILABLE"));
  proxy.upstreams = upstreams;
  expect(await bucket.size(key)).toBe(bytes.length);
});

it.each([
  [507, "InsufficientStorage", "STORAGE_FULL"],
  [403, "QuotaExceeded", "STORAGE_FULL"],
  [503, "SlowDown", "UNAVAILABLE"],
  [404, "NoSuchKey", "ATTACHMENT_NOT_FOUND"],
])("understands a store that answers %i %s", async (status, code, reason) => {
  const server = createServer((request, response) => {
    request.resume();
    response
      .writeHead(status, { "Content-Type": "application/xml" })
      .end(`<Error><Code>${code}</Code></Error>`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const endpoint = `http://127.0.0.1:${port}`;
  const bucket = await openBucket({
    name: "any",
    region: "us-east-1",
    endpoint,
    credentials,
    pathStyle: true,
  });
  onTestFinished(() => {
    bucket.close();
    server.close();
  });
  expect(await reasonOf(put(bucket, Buffer.from("x")))).toBe(reason);
  expect(await reasonOf(bucket.read("files/a", { start: 0, end: 0 }))).toBe(reason);
});

// Our own store ends where a page does: it numbers pages by a cipher that OpenSSL 3 has no more.
it.runIf(inject("store"))("lists more than a page of objects", async () => {
  const bucket = await openBucket(await testBucket());
  onTestFinished(() => bucket.close());
  const keys = Array.from({ length: 1_050 }, (_, index) => `files/${String(index).padStart(4, "0")}`);
  for (let from = 0; from < keys.length; from += 50) {
    await Promise.all(keys.slice(from, from + 50).map((key) => bucket.putText(key, "x")));
  }
  const found: string[] = [];
  for await (const { key } of bucket.list("files/")) found.push(key);
  expect(found).toEqual(keys);
});

const open = (config: BucketConfig, log = createLog("silent")) => openStorage(testFolder(), config, log);

it("is refused at the start where it is not there, or the key is none of its own", async () => {
  const config = await testBucket();
  await expect(open({ ...config, name: "nobody-has-made-this" })).rejects.toThrow(/^S3_BUCKET: nobody-has/);
  const credentials = { accessKeyId: "nobody", secretAccessKey: "wrong" };
  await expect(open({ ...config, credentials })).rejects.toThrow(/^S3_BUCKET: /);
});

it("may be away at the start", async () => {
  const config = await testBucket();
  const proxy = await TcpProxy.listen(0, { upstreams: [1], random: new Random(1) });
  onTestFinished(() => proxy.close());
  const log = createLog("silent");
  const warn = vi.spyOn(log, "warn");
  const storage = await open({ ...config, endpoint: `http://127.0.0.1:${proxy.port}` }, log);
  expect(warn).toHaveBeenCalledOnce();
  expect(await reasonOf(storage.size("x"))).toBe("UNAVAILABLE");
});

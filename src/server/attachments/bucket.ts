import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { S3 } from "@aws-sdk/client-s3";
import pLimit from "p-limit";
import { AppError } from "~/shared/errors";
import { mayPass, refuseStore } from "./bucket-errors";
import type { ByteRange } from "./storage";

/** Where a bucket is and who we are to it. What is left out is found as Amazon's own tools find it. */
export interface BucketConfig {
  name: string;
  region: string;
  /** Of a store that is not Amazon's. */
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Whether the bucket stands in the path, not in the host name. */
  pathStyle: boolean;
}

const timings = { connectMs: 2_000, idleMs: 15_000, retryMs: 200 };

/** How often something is tried that fails for no reason of ours. */
const tries = 3;

/** One for each download that is under way; the client's own bound of fifty is soon used up by slow readers. */
const maxSockets = 1_000;

const deletions = 8;

const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** An object as the bucket lists it. */
export interface ListedObject {
  key: string;
  size: number;
  /** In ms since the epoch. */
  modifiedAt: number;
}

/** Loads the client, which is large, and opens a bucket that exists. Nothing is asked of it yet. */
export const openBucket = async (config: BucketConfig): Promise<Bucket> => {
  const { S3 } = await import("@aws-sdk/client-s3");
  const { name, region, endpoint, credentials, pathStyle } = config;
  const client = new S3({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: tries,
    logger: silent, // what fails is thrown, and logged where it is answered
    // Checksums that not every store knows; what we put is checked by its MD5, which they all do.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: timings.connectMs,
      socketTimeout: timings.idleMs,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  });
  return new Bucket(client, name);
};

/** What we ask of an S3 store: the five requests that all of them know alike. Errors are ours, by {@link refuseStore}. */
export class Bucket {
  readonly #client: S3;
  readonly #name: string;

  constructor(client: S3, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Asks whether the bucket is there and ours to use. */
  async check(): Promise<void> {
    await this.#client.headBucket({ Bucket: this.#name }).catch(refuseStore);
  }

  /** Stores a file of this machine, wholly or not at all: the store compares its MD5. */
  async putFile(key: string, file: string): Promise<void> {
    const { size } = await stat(file);
    const md5 = createHash("md5");
    await pipeline(createReadStream(file), md5);
    const about = { Bucket: this.#name, Key: key, ContentLength: size, ContentMD5: md5.digest("base64") };
    for (let left = tries - 1; ; left -= 1) {
      const Body = createReadStream(file); // a stream is read once: the client cannot try again by itself
      try {
        await this.#client.putObject({ ...about, Body }).catch(refuseStore);
        return;
      } catch (error) {
        if (left === 0 || !mayPass(error)) throw error;
        await sleep(timings.retryMs);
      } finally {
        Body.destroy();
      }
    }
  }

  async putText(key: string, text: string): Promise<void> {
    await this.#client.putObject({ Bucket: this.#name, Key: key, Body: text }).catch(refuseStore);
  }

  async getText(key: string): Promise<string> {
    const { Body } = await this.#client.getObject({ Bucket: this.#name, Key: key }).catch(refuseStore);
    return Body?.transformToString() ?? "";
  }

  /** Bytes of an object. */
  async size(key: string): Promise<number> {
    const { ContentLength } = await this.#client
      .headObject({ Bucket: this.#name, Key: key })
      .catch(refuseStore);
    return ContentLength ?? 0;
  }

  /**
   * Reads an object or a part of it. A connection that is cut, or that the store closes because the reader takes its time,
   * is replaced by another from there on.
   */
  async read(key: string, range?: ByteRange): Promise<Readable> {
    const { start, end } = range ?? { start: 0, end: (await this.size(key)) - 1 };
    if (end < start) return Readable.from([]);
    return Readable.from(this.#bytes(key, { start, end }, await this.#get(key, { start, end })));
  }

  async #get(key: string, { start, end }: ByteRange): Promise<Readable> {
    const Range = `bytes=${start}-${end}`;
    const { Body } = await this.#client.getObject({ Bucket: this.#name, Key: key, Range }).catch(refuseStore);
    if (!(Body instanceof Readable)) throw new Error(`no stream of ${key}`);
    return Body;
  }

  async *#bytes(key: string, { start, end }: ByteRange, first: Readable): AsyncGenerator<Buffer> {
    let at = start;
    let body = first;
    for (let left = tries; ; ) {
      const before = at;
      let failure: unknown;
      try {
        for await (const chunk of body) {
          const part: Buffer = chunk.subarray(0, end + 1 - at); // some stores give more than was asked for
          at += part.length;
          yield part;
          if (at > end) return;
        }
      } catch (error) {
        failure = error;
      }
      left = at > before ? tries : left - 1;
      if (left === 0) refuseStore(failure ?? new AppError("UNAVAILABLE"));
      body = await this.#get(key, { start: at, end });
    }
  }

  /** One by one: that is what every store takes without a checksum of its own taste. */
  async remove(keys: string[]): Promise<void> {
    const few = pLimit(deletions);
    const removeOne = (Key: string) =>
      few(() => this.#client.deleteObject({ Bucket: this.#name, Key }).catch(refuseStore));
    await Promise.all(keys.map(removeOne));
  }

  /** Every object whose key begins with `prefix`, in the order of their keys. */
  async *list(prefix: string): AsyncGenerator<ListedObject> {
    let last = "";
    for (let isEnd = false; !isEnd; ) {
      const page = await this.#client
        .listObjectsV2({ Bucket: this.#name, Prefix: prefix, ...(last && { StartAfter: last }) })
        .catch(refuseStore);
      for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
        yield { key: Key, size: Size, modifiedAt: LastModified?.getTime() ?? 0 };
        last = Key;
      }
      isEnd = !page.IsTruncated;
    }
  }

  close(): void {
    this.#client.destroy();
  }
}

import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import type { S3 } from "@aws-sdk/client-s3";
import { afterAll, inject } from "vitest";
import type { BucketConfig } from "~/server/attachments/bucket";
import { testFolder } from "./folder";

/** The store of this test file: the one that the environment names, or one that we start on loopback. */
let store: Promise<{ config: Omit<BucketConfig, "name">; close: () => Promise<void> }> | undefined;

const startStore = async () => {
  const { default: S3rver } = await import("s3rver");
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: mkdtempSync(path.join(testFolder(), "s3-")),
  });
  const { port } = await server.run();
  return {
    config: {
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
      pathStyle: true,
    },
    close: async () => void (await server.close()),
  };
};

const openStore = async () => {
  const config = inject("store");
  return config ? { config, close: async () => {} } : startStore();
};

const made: { name: string; client: S3 }[] = [];

/** A bucket of this test file's own, empty when it is made and gone with the file. */
export const testBucket = async (): Promise<BucketConfig & { endpoint: string }> => {
  const { S3 } = await import("@aws-sdk/client-s3"); // large, and for few test files
  store ??= openStore();
  const { config } = await store;
  const { region, endpoint = "", credentials, pathStyle } = config;
  const name = `charla-test-${randomUUID()}-${randomBytes(4).toString("hex")}`;
  const client = new S3({ region, endpoint, forcePathStyle: pathStyle, ...(credentials && { credentials }) });
  await client.createBucket({ Bucket: name });
  made.push({ name, client });
  return { ...config, name, endpoint };
};

/** In a store that outlives the test file; one that we started goes with its folder. */
const drop = async ({ name, client }: { name: string; client: S3 }): Promise<void> => {
  for (;;) {
    const { Contents = [] } = await client.listObjectsV2({ Bucket: name });
    if (Contents.length === 0) break;
    await Promise.all(Contents.map(({ Key }) => client.deleteObject({ Bucket: name, Key })));
  }
  await client.deleteBucket({ Bucket: name });
};

afterAll(async () => {
  if (inject("store")) await Promise.all(made.map(drop));
  for (const { client } of made) client.destroy();
  await (await store)?.close();
});

import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { S3 } from "@aws-sdk/client-s3";
import { readProcessEnv } from "~/env";
import { type BucketConfig, openBucket } from "~/server/attachments/bucket";
import { createBucketStorage } from "~/server/attachments/bucket-storage";
import { bucketOf } from "~/server/open-data";
import { killDuringUploads } from "../killed-uploads";
import { startRig } from "../rig";
import type { Scenario } from "../scenario";
import { storeOf } from "../services";

/** The bucket that the environment names, or one in a store of our own; made anew, and what ends the store. */
const startStore = async (folder: string) => {
  const named = bucketOf(readProcessEnv());
  const store = named ? null : await storeOf(folder);
  const config: BucketConfig = named ?? {
    name: "charla",
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${store?.port}`,
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    pathStyle: true,
  };
  const { name, region, endpoint = "", credentials, pathStyle } = config;
  const client = new S3({ region, endpoint, forcePathStyle: pathStyle, ...(credentials && { credentials }) });
  await client.createBucket({ Bucket: name });
  client.destroy();
  return { config, stop: async () => void (await store?.child.signal("SIGKILL")) };
};

const envOf = ({
  name,
  region,
  endpoint = "",
  credentials,
  pathStyle,
}: BucketConfig): Record<string, string> => ({
  S3_BUCKET: name,
  S3_REGION: region,
  S3_ENDPOINT: endpoint,
  S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? "",
  S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? "",
  S3_PATH_STYLE: String(pathStyle),
});

export const uploadsInBucket: Scenario = {
  id: "R19-S3",
  what: "the same with the files in a bucket: what one node began, another goes on with",
  inShort: false,
  run: async ({ rig: { folder }, random, isShort }) => {
    const place = mkdtempSync(path.join(folder, "store-"));
    const store = await startStore(place);
    try {
      await using rig = await startRig(random, { env: envOf(store.config) });
      const workDir = path.join(rig.folder, "node", "attachments", "uploads");
      const storage = createBucketStorage(await openBucket(store.config), workDir);
      const count = isShort ? 4 : 20;
      const { figures } = await killDuringUploads(rig, storage, { random, count, fileBytes: 20_000_000 });
      storage.close();
      return figures;
    } finally {
      await store.stop();
      rmSync(place, { recursive: true });
    }
  },
};

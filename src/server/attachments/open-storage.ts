import path from "node:path";
import type { Log } from "~/server/infra/log";
import { StartError } from "~/server/infra/start-error";
import { type BucketConfig, openBucket } from "./bucket";
import { mayPass } from "./bucket-errors";
import { createBucketStorage } from "./bucket-storage";
import { createDiskStorage } from "./disk-storage";
import type { Storage } from "./storage";

/**
 * The storage that the configuration names: a bucket, or else `folder`, which also holds what is still being made.
 *
 * @throws StartError where the bucket is not there or not ours; one that does not answer yet is waited for by who needs it
 */
export const openStorage = async (
  folder: string,
  config: BucketConfig | undefined,
  log: Log,
): Promise<Storage> => {
  if (!config) return createDiskStorage(folder);
  const bucket = await openBucket(config);
  await bucket.check().catch((error) => {
    if (!mayPass(error))
      throw new StartError(`S3_BUCKET: ${config.name} is not there, or not ours: ${error}`);
    log.warn("S3_BUCKET: no store answers there yet");
  });
  return createBucketStorage(bucket, path.join(folder, "uploads"));
};

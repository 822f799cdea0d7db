import path from "node:path";
import type { Env } from "~/env";
import type { BucketConfig } from "./attachments/bucket";
import { openStorage } from "./attachments/open-storage";
import type { Storage } from "./attachments/storage";
import { openDatabaseServer } from "./infra/database-server";
import type { Log } from "./infra/log";
import { ensureDataDir } from "./infra/secrets";

/** What a chat consists of when none of its processes runs. */
export interface Data extends AsyncDisposable {
  databaseUrl: string;
  storage: Storage;
  /** For people: where the rows lie. */
  place: string;
}

/** Opens what the configuration names, or what comes with the app where it names nothing. `join`: also what is in use. */
export const openData = async (env: Env, { join, log }: { join: boolean; log: Log }): Promise<Data> => {
  const filesDir = path.join(env.DATA_DIR, "attachments");
  ensureDataDir(filesDir);
  const { url, place, stop } = await openDatabaseServer(env, { join });
  try {
    const storage = await openStorage(filesDir, bucketOf(env), log);
    const close = async () => {
      storage.close();
      await stop();
    };
    return { databaseUrl: url, storage, place, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The bucket that is configured, if one is. */
export const bucketOf = (env: Env): BucketConfig | undefined => {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PATH_STYLE } = env;
  if (!S3_BUCKET) return undefined;
  const credentials =
    S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
      : undefined;
  return {
    name: S3_BUCKET,
    region: S3_REGION,
    endpoint: S3_ENDPOINT,
    credentials,
    pathStyle: S3_PATH_STYLE ?? S3_ENDPOINT !== undefined,
  };
};

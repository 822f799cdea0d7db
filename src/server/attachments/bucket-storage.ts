import { mkdirSync } from "node:fs";
import type { Bucket } from "./bucket";
import { BucketUploads } from "./bucket-uploads";
import type { ListedFile, Storage } from "./storage";

const prefix = "files/";

/** Keeps files in a bucket, which every node of a chat shares. `workDir` is this machine's own. */
export const createBucketStorage = (bucket: Bucket, workDir: string): Storage => {
  mkdirSync(workDir, { recursive: true, mode: 0o700 });
  return {
    workDir,
    uploads: new BucketUploads(bucket, workDir),
    put: (key, source) => bucket.putFile(prefix + key, source),
    size: (key) => bucket.size(prefix + key),
    read: (key, range) => bucket.read(prefix + key, range),
    remove: (keys) => bucket.remove(keys.map((key) => prefix + key)),
    list: () => listFiles(bucket),
    close: () => bucket.close(),
  };
};

async function* listFiles(bucket: Bucket): AsyncGenerator<ListedFile> {
  for await (const { key, size } of bucket.list(prefix)) yield { key: key.slice(prefix.length), size };
}

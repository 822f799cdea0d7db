import { mkdtempSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import { openBucket } from "~/server/attachments/bucket";
import { createBucketStorage } from "~/server/attachments/bucket-storage";
import { createDiskStorage } from "~/server/attachments/disk-storage";
import type { Storage } from "~/server/attachments/storage";
import { testBucket } from "./bucket";
import { testFolder } from "./folder";

let bucket: ReturnType<typeof testBucket> | undefined;

/** Where a node of this test file keeps files: their one folder, or their one bucket and a work folder of its own. */
export const testStorage = async (): Promise<Storage> => {
  if (inject("storage") !== "bucket") return createDiskStorage(testFolder());
  bucket ??= testBucket();
  return createBucketStorage(await openBucket(await bucket), mkdtempSync(path.join(testFolder(), "work-")));
};

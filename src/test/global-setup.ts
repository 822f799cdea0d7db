import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { readProcessEnv } from "~/env";
import type { BucketConfig } from "~/server/attachments/bucket";
import { openDatabaseServer } from "~/server/infra/database-server";
import { dropDatabase, onSameServer, withClient } from "~/server/infra/databases";
import { migrate } from "~/server/infra/migrate";
import { bucketOf } from "~/server/open-data";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that every test file's own is a copy of. */
    templateUrl: string;
    /** Where tests find Redis; undefined: they use the in-memory backplane. */
    redisUrl: string | undefined;
    /** Where tests find an S3 store; undefined: they start one of their own. */
    store: Omit<BucketConfig, "name"> | undefined;
    /** Where this run keeps files: on disk unless said otherwise. */
    storage: "bucket" | undefined;
  }
}

/** A server that ends with the run has nothing to survive: none of its commits waits for the disk. */
const forgetDurability = (url: string): Promise<void> =>
  withClient(onSameServer(url, "postgres"), async (client) => {
    for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
      await client.query(`ALTER SYSTEM SET ${name} = off`);
    }
    await client.query("SELECT pg_reload_conf()");
  });

/**
 * One PostgreSQL for the whole run: that of `DATABASE_URL`, in databases of our own beside the one it names, or the
 * built-in one in a temporary folder. `REDIS_URL`, where set, is used under prefixes of our own.
 */
export default async function setup(project: TestProject) {
  const env = readProcessEnv();
  const dataDir = mkdtempSync(path.join(tmpdir(), "charla-test-"));
  const server = await openDatabaseServer({ ...env, DATA_DIR: dataDir });
  if (!env.DATABASE_URL) await forgetDurability(server.url);
  const templateUrl = onSameServer(server.url, `charla_test_${randomUUID()}`);
  await migrate(templateUrl);
  project.provide("templateUrl", templateUrl);
  project.provide("redisUrl", env.REDIS_URL);
  project.provide("store", bucketOf(env));

  return async () => {
    await dropDatabase(templateUrl);
    await server.stop();
    rmSync(dataDir, { recursive: true });
  };
}

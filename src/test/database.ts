import { randomUUID } from "node:crypto";
import { afterAll, inject } from "vitest";
import { createDatabase, dropDatabase, onSameServer } from "~/server/infra/databases";

let database: Promise<string> | undefined;

/** The URL of this test file's own database, made from the migrated template when it is first asked for. */
export const testDatabase = (): Promise<string> => {
  database ??= (async () => {
    const templateUrl = inject("templateUrl");
    const url = onSameServer(templateUrl, `charla_test_${randomUUID()}`);
    await createDatabase(url, new URL(templateUrl).pathname.slice(1));
    return url;
  })();
  return database;
};

afterAll(async () => {
  if (database) await dropDatabase(await database);
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { withClient } from "./databases";
import { EmbeddedPostgres } from "./embedded-postgres";
import { migrate } from "./migrate";

/** A data folder of the test's own, in a path with spaces. */
const dataFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), "charla test "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const countUsers = async (url: string): Promise<unknown> => {
  const { rows } = await withClient(url, (client) => client.query('SELECT count(*)::int AS n FROM "User"'));
  return rows[0]?.n;
};

test("keeps its data between runs, in a path with spaces, and leaves nothing running", async () => {
  const dataDir = dataFolder();
  const first = await EmbeddedPostgres.start({ dataDir });
  await migrate(first.url);
  await withClient(first.url, (client) =>
    client.query(
      `INSERT INTO "User" ("id", "username", "displayName", "searchName", "passwordHash")
       VALUES (gen_random_uuid(), 'ada', 'Ada', 'ada', '')`,
    ),
  );
  await first.stop();
  await expect(countUsers(first.url)).rejects.toThrow("ECONNREFUSED");

  const second = await EmbeddedPostgres.start({ dataDir });
  expect(await countUsers(second.url)).toBe(1);
  await second.stop();
});

test("one process owns it: another is refused, or joins and leaves it running", async () => {
  const dataDir = dataFolder();
  const owner = await EmbeddedPostgres.start({ dataDir });
  await migrate(owner.url);
  await expect(EmbeddedPostgres.start({ dataDir })).rejects.toThrow(`${dataDir} is in use by another Charla`);

  const guest = await EmbeddedPostgres.start({ dataDir, join: true });
  expect(guest.url).toBe(owner.url);
  await guest.stop();
  expect(await countUsers(owner.url)).toBe(0);
  await owner.stop();
});

test("comes back by itself, at the same address, when it is killed", async () => {
  const server = await EmbeddedPostgres.start({ dataDir: dataFolder() });
  await migrate(server.url);
  const pid = Number(readFileSync(path.join(server.folder, "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  await vi.waitFor(async () => expect(await countUsers(server.url)).toBe(0), {
    timeout: 15_000,
    interval: 100,
  });
  await server.stop();
});

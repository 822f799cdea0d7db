import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receiveBytes } from "~/server/attachments/receive";
import type { OwnedRuntime } from "~/server/create-runtime";
import { createDatabase, withClient } from "~/server/infra/databases";
import { emptyTarget, sha256, testSource, unusedFolder } from "~/test/backups";
import { type Conversation, openConversation, say } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { backUp, type Source } from "./back-up";
import type { Manifest } from "./manifest";
import { restore } from "./restore";

let source: Source;
let node: OwnedRuntime;
beforeAll(async () => {
  source = await testSource();
  node = await testRuntime({ data: source });
});
afterAll(() => node[Symbol.asyncDispose]());

const upload = async (
  runtime: OwnedRuntime,
  { roomId, first }: Conversation,
  text: string,
): Promise<string> => {
  const form = { roomId, name: "a.txt", type: "text/plain", voice: undefined };
  return (await receiveBytes(runtime, first.user, form, Buffer.from(text))).id;
};

describe("what is refused", () => {
  let backup: string;
  beforeAll(async () => {
    const conversation = await openConversation(node);
    await upload(node, conversation, "hola");
    backup = unusedFolder();
    await backUp(source, backup);
  });

  /** A copy of the backup, changed. */
  const changed = (change: (folder: string) => void): string => {
    const copy = unusedFolder();
    cpSync(backup, copy, { recursive: true });
    change(copy);
    return copy;
  };

  /** A copy whose manifest says something else, whole as far as checksums tell. */
  const saying = (edit: (manifest: Manifest) => void): string =>
    changed((folder) => {
      const file = path.join(folder, "manifest.json");
      const manifest = JSON.parse(readFileSync(file, "utf8"));
      edit(manifest);
      writeFileSync(file, JSON.stringify(manifest));
      const sums = path.join(folder, "SHA256SUMS");
      const others = readFileSync(sums, "utf8")
        .split("\n")
        .filter((line) => !line.endsWith("manifest.json"));
      writeFileSync(sums, [`${sha256(readFileSync(file))}  manifest.json`, ...others].join("\n"));
    });

  const firstFile = (folder: string): string =>
    path.join(
      folder,
      readdirSync(folder, { recursive: true, encoding: "utf8" }).find(
        (name) => /^files\/../.test(name) && name.length > 20,
      ) ?? "",
    );

  it("is a folder that is there already", async () => {
    await expect(backUp(source, backup)).rejects.toThrow("is there already");
  });

  it.each<[string, (folder: string) => void, string]>([
    ["no backup", (folder) => rmSync(folder, { recursive: true }), "no SHA256SUMS"],
    ["one without its end", (folder) => rmSync(path.join(folder, "SHA256SUMS")), "no SHA256SUMS"],
    [
      "one with a table cut off",
      (folder) => writeFileSync(path.join(folder, "tables/User.copy.gz"), ""),
      "is damaged",
    ],
    ["one with another file", (folder) => writeFileSync(firstFile(folder), "adiós"), "is damaged"],
    ["one that lacks a file", (folder) => rmSync(firstFile(folder)), "is damaged"],
  ])("is %s, before anything is touched", async (_, change, text) => {
    const target = await emptyTarget();
    await expect(restore(target, changed(change))).rejects.toThrow(text);
    await expect(withClient(target.databaseUrl, async () => {})).rejects.toThrow("does not exist");
  });

  it("is one of a newer program", async () => {
    const otherFormat = saying((manifest) => {
      manifest.format = 2;
    });
    await expect(restore(await emptyTarget(), otherFormat)).rejects.toThrow("format 2");
    const newer = saying(({ migrations }) => void migrations.push("20991231235959_from_the_future"));
    await expect(restore(await emptyTarget(), newer)).rejects.toThrow(
      "no migration 20991231235959_from_the_future",
    );
  });

  it("is a database that is in use", async () => {
    await expect(restore(source, backup, { replace: true })).rejects.toThrow("in use");
  });

  it("is a database that holds something, unless it may go; then nothing of it is left", async () => {
    const target = await emptyTarget();
    await restore(target, backup);
    const restored = await testRuntime({ data: target });
    const conversation = await openConversation(restored);
    const { roomId } = conversation;
    await say(conversation.asFirst, roomId, "written after the restore");
    const id = await upload(restored, conversation, "later");
    await restored[Symbol.asyncDispose]();
    const rooms = () =>
      withClient(target.databaseUrl, (client) =>
        client.query('SELECT 1 FROM "Room" WHERE "id" = $1', [roomId]),
      );
    await expect(restore(target, backup)).rejects.toThrow("not empty");
    expect((await rooms()).rowCount).toBe(1);
    await restore(target, backup, { replace: true });
    expect((await rooms()).rowCount).toBe(0);
    await expect(target.storage.read(id)).rejects.toMatchObject({ reason: "ATTACHMENT_NOT_FOUND" });
  });

  it("leaves the database as it was when the restore fails half way", async () => {
    const target = await emptyTarget();
    await createDatabase(target.databaseUrl);
    await withClient(target.databaseUrl, (client) => client.query("CREATE TABLE kept (n int)"));
    const wrongCount = saying(({ tables }) => {
      for (const table of tables) if (table.name === "User") table.rows += 1;
    });
    await expect(restore(target, wrongCount)).rejects.toThrow("User: ");
    const { rows: tables } = await withClient(target.databaseUrl, (client) =>
      client.query(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
      ),
    );
    expect(tables).toEqual([{ relname: "kept" }]);
  });

  it("says which attachments the storage no longer has", async () => {
    const conversation = await openConversation(node);
    const id = await upload(node, conversation, "to be lost");
    await source.storage.remove([id]);
    const { files } = await backUp(source, unusedFolder());
    expect(files.missing).toEqual([id]);
  });
});

import { randomBytes, randomUUID } from "node:crypto";
import { renameSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { uploadsPath } from "~/shared/attachment-paths";
import { openConversation } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openServer } from "~/test/server";
import { append, begin, download } from "~/test/uploads";

it("says that a disk is full, and loses nothing that had arrived", async () => {
  await using node = await testRuntime();
  await using server = await openServer(node);
  const { roomId, first, asFirst } = await openConversation(node);
  const browser = { origin: server.origin, member: first };
  const file = { name: "a", type: "", bytes: randomBytes(200_000) };
  const url = (await begin(browser, roomId, file, 200_000)).headers.get("location") ?? "";
  const id = url.slice(uploadsPath.length + 1);
  await append(browser, url, 0, file.bytes.subarray(0, 50_000));
  const place = path.join(node.storage.workDir, id);
  renameSync(place, `${place}.kept`);
  symlinkSync("/dev/full", place); // which answers as a full disk does
  expect((await append(browser, url, 0, file.bytes)).code).toBe("STORAGE_FULL");
  const input = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
  await expect(asFirst.messages.send(input)).rejects.toThrow("ATTACHMENT_NOT_FOUND");
  renameSync(`${place}.kept`, place);
  expect((await append(browser, url, 50_000, file.bytes.subarray(50_000))).status).toBe(204);
  expect((await download(browser, `/api/attachments/${id}`)).bytes.equals(file.bytes)).toBe(true);
});

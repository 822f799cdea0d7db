import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { openConversation } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { sendFile } from "~/test/uploads";

let node: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

describe("a name", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows\\system32\\evil.exe", "evil.exe"],
    ["/absolute/path.txt", "path.txt"],
    ["..", "file"],
    ["", "file"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["two\r\nX-Injected: yes", "twoX-Injected: yes"],
    ["zero\u0000byte.txt", "zerobyte.txt"],
    [" spaces . ", "spaces"],
    ['quote".txt', 'quote".txt'],
    ["año 2026 – informe (final).pdf", "año 2026 – informe (final).pdf"],
    ["报告 отчёт αναφορά دستاویز דוח รายงาน.txt", "报告 отчёт αναφορά دستاویز דוח รายงาน.txt"],
    ["👩‍👩‍👧 familia 🎉.txt", "👩‍👩‍👧 familia 🎉.txt"],
    [`${"x".repeat(400)}.tar.gz`, `${"x".repeat(252)}.gz`],
  ])("is kept in every script, and is only a name: %j", async (given, kept) => {
    const { first, asFirst, roomId } = await openConversation(node);
    const browser = { origin: server.origin, member: first };
    const { attachment, answer } = await sendFile(browser, asFirst, roomId, Buffer.from("hola"), {
      name: given,
    });
    expect(attachment.name).toBe(kept);
    const header = answer.headers.get("content-disposition") ?? "";
    const extended = /filename\*=UTF-8''([^;]+)/.exec(header)?.[1];
    const plain = /filename="?((?:[^"\\]|\\.)+)"?/.exec(header)?.[1]?.replaceAll(/\\(.)/g, "$1");
    expect(extended ? decodeURIComponent(extended) : plain).toBe(kept);
    expect(answer.headers.get("x-injected")).toBeNull();
  });
});

/** What browsers are told with every answer of the API, whoever gives it; of pages, `e2e/stored-xss.spec.ts` says it. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import { type Conversation, openConversation } from "~/test/conversation";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { allowedOrigin } from "~/test/socket";
import { sendFile, textFile } from "~/test/uploads";

let node: OwnedRuntime;
let server: TestServer;
let talk: Conversation;
let fileUrl: string;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  talk = await openConversation(node);
  const { bytes } = textFile("note.html", "<script>alert(1)</script>");
  const browser = { origin: server.origin, member: talk.first };
  const file = await sendFile(browser, talk.asFirst, talk.roomId, bytes, {
    name: "note.html",
    type: "text/html",
  });
  fileUrl = file.attachment.url;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

interface Asked {
  method?: string;
  path: string | (() => string);
  headers?: Record<string, string>;
  body?: string;
}

/** Every kind of answer that is no page, by its status. */
const answers: [status: number, Asked][] = [
  [200, { path: "/healthz" }],
  [200, { path: "/readyz" }],
  [200, { path: "/api/trpc/auth.me" }],
  [404, { path: "/api/trpc/nothing" }],
  [405, { path: "/api/trpc/auth.signOut" }],
  [415, { path: "/api/trpc/auth.signOut", method: "POST", headers: { "content-type": "text/plain" } }],
  [
    403,
    {
      path: "/api/trpc/auth.signOut",
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://evil.test" },
    },
  ],
  [401, { path: "/api/rooms" }],
  [404, { path: "/api/nothing" }],
  [405, { path: "/api/rooms", method: "PUT" }],
  [204, { path: "/api/rooms", method: "OPTIONS", headers: { origin: allowedOrigin } }],
  [403, { path: "/api/rooms", method: "OPTIONS", headers: { origin: "https://evil.test" } }],
  [
    422,
    { path: "/api/auth/login", method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
  ],
  [200, { path: "/api/docs" }],
  [200, { path: "/api/docs/swagger-ui.css" }],
  [200, { path: "/api/openapi.json" }],
  [200, { path: () => fileUrl }],
  [206, { path: () => fileUrl, headers: { range: "bytes=0-3" } }],
  [304, { path: () => fileUrl, headers: { "if-none-match": "*" } }],
  [416, { path: () => fileUrl, headers: { range: "bytes=999-" } }],
  [404, { path: `/api/attachments/${randomUUID()}` }],
  [404, { path: `/api/pictures/${randomUUID()}` }],
  [412, { path: "/api/uploads", method: "POST" }],
  [401, { path: "/api/export?token=none" }],
  [404, { path: "/a-page" }],
];

const ask = async (path: Asked["path"], request: RequestInit): Promise<Response> => {
  const response = await fetch(server.origin + (typeof path === "string" ? path : path()), request);
  await response.arrayBuffer();
  return response;
};

describe("an answer", () => {
  it.each(answers)("%i of %o says what browsers may do with it", async (status, { path, ...request }) => {
    const headers = { cookie: talk.first.cookie, ...request.headers };
    const answer = await ask(path, { ...request, headers });
    expect(answer.status).toBe(status);
    const said = Object.fromEntries(answer.headers);
    expect(said).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(self), geolocation=()",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    for (const name of ["server", "x-powered-by", "access-control-allow-credentials"]) {
      expect(said).not.toHaveProperty(name);
    }
  });

  it("of the API is kept by no cache", async () => {
    const { cookie } = talk.first;
    for (const path of ["/api/trpc/auth.me", "/api/rooms", "/api/export?token=none"]) {
      expect((await ask(path, { headers: { cookie } })).headers.get("cache-control"), path).toBe("no-store");
    }
    const file = await ask(() => fileUrl, { headers: { cookie } });
    expect(file.headers.get("cache-control")).toBe("private, no-cache");
  });

  it("with a file that could be a page is a download, and could do nothing if it were none", async () => {
    const { headers } = await ask(() => fileUrl, { headers: { cookie: talk.first.cookie } });
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="?note\.html"?$/);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';.* sandbox$/);
  });
});

import { randomInt, randomUUID } from "node:crypto";
import type { Problem } from "~/server/rest/problem";
import { attachmentsPath, uploadsPath } from "~/shared/attachment-paths";
import type { Attachment } from "~/shared/attachments";
import type { Caller, Member } from "./cast";

/** A file as its sender has it. */
export interface TestFile {
  name: string;
  /** What the sender says that it is. */
  type: string;
  bytes: Uint8Array;
  /** What they say of it as a voice message, in JSON. */
  voice?: string;
}

export const textFile = (name: string, text: string): TestFile => ({
  name,
  type: "text/plain",
  bytes: Buffer.from(text),
});

/** Where somebody's browser asks from: their session, a server. */
export interface Browser {
  origin: string;
  member?: Member | undefined;
}

const browserHeaders = ({ member }: Browser): Record<string, string> => ({
  "X-Forwarded-For": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  ...(member && { Cookie: member.cookie }),
});

export interface FileAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** Asks for a file, or a part of it. */
export const download = async (
  browser: Browser,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<FileAnswer> => {
  const response = await fetch(`${browser.origin}${path}`, {
    method,
    headers: { ...browserHeaders(browser), ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
};

const encode = (metadata: Record<string, string>): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(",");

/** One request of the tus protocol. `code` is that of the problem it was answered with, if it was one. */
export const tus = async (
  browser: Browser,
  method: "POST" | "PATCH" | "HEAD" | "DELETE",
  url: string,
  { headers, body }: { headers?: Record<string, string>; body?: Uint8Array } = {},
): Promise<{ status: number; headers: Headers; code?: string }> => {
  const response = await fetch(new URL(url, browser.origin), {
    method,
    headers: { "Tus-Resumable": "1.0.0", ...browserHeaders(browser), ...headers },
    ...(body && { body: new Uint8Array(body) }),
  });
  const text = await response.text();
  const isProblem = response.headers.get("content-type") === "application/problem+json";
  const { status } = response;
  return {
    status,
    headers: response.headers,
    ...(isProblem && text && { code: (JSON.parse(text) as Problem).code }),
  };
};

/** Begins an upload of `size` bytes; its URL is in the answer's `Location`. */
export const begin = (browser: Browser, roomId: string, file: TestFile, size: number) => {
  const { name, type, voice } = file;
  const metadata = { roomId, name, type, ...(voice !== undefined && { voice }) };
  return tus(browser, "POST", uploadsPath, {
    headers: { "Upload-Length": String(size), "Upload-Metadata": encode(metadata) },
  });
};

/** Sends the bytes from `offset` on. */
export const append = (browser: Browser, url: string, offset: number, body: Uint8Array) =>
  tus(browser, "PATCH", url, {
    headers: { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
    body,
  });

/** Uploads a file in two requests, as a browser does, and answers with the attachment's id or the refusal's code. */
export const upload = async (browser: Browser, roomId: string, file: TestFile): Promise<string> => {
  const begun = await begin(browser, roomId, file, file.bytes.length);
  if (begun.code) return begun.code;
  const url = begun.headers.get("location") ?? "";
  const ended = await append(browser, url, 0, file.bytes);
  return ended.code ?? url.slice(url.lastIndexOf("/") + 1);
};

/** Uploads a file in one request, as a program does. */
export const post = async (
  origin: string,
  token: string | undefined,
  roomId: string,
  file: TestFile,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Attachment & Problem }> => {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
  form.set("roomId", roomId);
  if (file.voice !== undefined) form.set("voice", file.voice);
  const response = await fetch(`${origin}${attachmentsPath}`, {
    method: "POST",
    headers: { ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...headers },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Attachment & Problem };
};

/** Sends a message with one file, and answers with what the room then sees of it, and what it downloads. */
export const sendFile = async (
  browser: Browser,
  caller: Caller,
  roomId: string,
  bytes: Uint8Array,
  { name = "file", type = "" } = {},
): Promise<{ attachment: Attachment; answer: FileAnswer }> => {
  const id = await upload(browser, roomId, { name, type, bytes });
  const message = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
  const [attachment] = (await caller.messages.send(message)).attachments;
  if (!attachment) throw new Error(`not taken: ${id}`);
  return { attachment, answer: await download(browser, attachment.url) };
};

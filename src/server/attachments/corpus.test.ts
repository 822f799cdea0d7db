import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Caller } from "~/test/cast";
import { openConversation } from "~/test/conversation";
import { animation, flat, flicker, liar, photo, stuffed } from "~/test/pictures";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { type Browser, download, type FileAnswer, sendFile, upload } from "~/test/uploads";
import { taggedVideo } from "~/test/videos";

let node: OwnedRuntime;
let server: TestServer;
let browser: Browser;
let caller: Caller;
let roomId: string;
beforeAll(async () => {
  node = await testRuntime();
  server = await openServer(node);
  const conversation = await openConversation(node);
  browser = { origin: server.origin, member: conversation.first };
  caller = conversation.asFirst;
  roomId = conversation.roomId;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const send = (bytes: Uint8Array, about: { name?: string; type?: string } = {}) =>
  sendFile(browser, caller, roomId, bytes, about);

const refusalOf = (bytes: Uint8Array, { name = "file", type = "image/png" } = {}): Promise<string> =>
  upload(browser, roomId, { name, type, bytes });

const isInert = ({ headers }: FileAnswer): void => {
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'.*; sandbox$/);
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(headers.get("cache-control")).toBe("private, no-cache");
};

const html = "<!doctype html><script>alert(document.domain)</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

describe("what is not what it says", () => {
  it.each([
    ["HTML as a picture", html, "cat.png", "image/png"],
    ["HTML as itself", html, "page.html", "text/html"],
    ["SVG as a picture", svg, "cat.png", "image/png"],
    ["SVG as itself", `<?xml version="1.0"?>${svg}`, "cat.svg", "image/svg+xml"],
    ["a script", "alert(1)", "code.js", "text/javascript"],
    [
      "a PDF",
      "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
      "a.pdf",
      "application/pdf",
    ],
    ["a program", `MZ${"\0".repeat(200)}`, "photo.jpg", "image/jpeg"],
    ["HTML as video", html, "a.mp4", "video/mp4"],
  ])("is only ever downloaded: %s", async (_, text, name, type) => {
    const { attachment, answer } = await send(Buffer.from(text), { name, type });
    expect(attachment).toMatchObject({ name, kind: "file", width: null, thumbnailUrl: null });
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(answer.headers.get("content-type")).not.toMatch(/html|svg|javascript|image/);
    isInert(answer);
    expect(answer.bytes.toString()).toBe(text);
  });

  it("loses what hides behind a picture", async () => {
    const polyglot = Buffer.concat([
      await photo("png"),
      Buffer.from(html),
      Buffer.from("PK\u0003\u0004 a zip"),
    ]);
    const { attachment, answer } = await send(polyglot, { name: "cat.html", type: "text/html" });
    expect(attachment).toMatchObject({ kind: "image", type: "image/png" });
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.bytes.includes("<script>")).toBe(false);
    expect(answer.bytes.includes("a zip")).toBe(false);
    isInert(answer);
  });

  it("loses a script in a JPEG that is a page as well", async () => {
    const jpeg = await photo("jpeg");
    const script = Buffer.from(`--><script>alert(document.domain)</script><!--`);
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    const { attachment, answer } = await send(bytes, { name: "page.html", type: "text/html" });
    expect([attachment.type, answer.headers.get("content-type")]).toEqual(["image/jpeg", "image/jpeg"]);
    expect(answer.bytes.includes("script")).toBe(false);
  });

  it("is a document where it is a document and a picture behind it", async () => {
    const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), await photo("jpeg")]);
    const { attachment, answer } = await send(bytes, { name: "cat.jpg", type: "image/jpeg" });
    expect(attachment).toMatchObject({ kind: "file", type: "application/pdf" });
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
  });

  it("loses a comment in a picture", async () => {
    const gif = await animation("gif");
    const comment = Buffer.from([0x21, 0xfe, html.length, ...Buffer.from(html), 0]);
    const header = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
    const bytes = Buffer.concat([gif.subarray(0, header), comment, gif.subarray(header)]);
    const { attachment, answer } = await send(bytes, { name: "cat.gif", type: "image/gif" });
    expect(attachment).toMatchObject({ kind: "image", type: "image/gif" });
    expect(answer.bytes.includes("<script>")).toBe(false);
  });
});

describe("a picture", () => {
  it.each(["jpeg", "png", "webp"] as const)(
    "stands upright and tells nothing of its maker: %s",
    async (format) => {
      const original = await photo(format);
      const { exif: noted, orientation: turn } = await sharp(original).metadata();
      expect([noted?.includes("Secret camera"), turn]).toEqual([true, 6]);
      const { attachment, answer } = await send(original, { name: "photo", type: "image/heic" });
      expect(attachment).toMatchObject({ kind: "image", type: `image/${format}`, width: 600, height: 800 });
      expect(attachment.blur).toMatch(/^data:image\/webp;base64,.{20,400}$/);
      expect(attachment.size).toBe(answer.bytes.length);
      const thumbnail = await download(browser, attachment.thumbnailUrl ?? "");
      expect(thumbnail.headers.get("content-type")).toBe("image/webp");
      expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ width: 480, height: 640 });
      for (const { bytes } of [answer, thumbnail]) {
        const { exif, xmp, iptc, orientation = 1 } = await sharp(bytes).metadata();
        expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, 1]);
        expect(bytes.includes("Secret camera")).toBe(false);
      }
      expect(answer.headers.get("content-disposition")).toMatch(/^inline; /);
      isInert(answer);
      isInert(thumbnail);
    },
  );

  it.each(["gif", "webp"] as const)("moves on: %s", async (format) => {
    const { attachment, answer } = await send(await animation(format));
    expect(attachment).toMatchObject({ width: 40, height: 30, thumbnailUrl: null });
    expect((await sharp(answer.bytes, { animated: true }).metadata()).pages).toBe(3);
  });

  it("is refused where it would take the server's memory", async () => {
    const refused: [Buffer, RegExp][] = [
      [await flat(9_000), /^IMAGE_TOO_LARGE$/],
      [await liar(2_000_000_000, 2_000_000_000), /^IMAGE_(TOO_LARGE|UNREADABLE)$/],
      [await liar(65_000, 65_000), /^IMAGE_TOO_LARGE$/],
      [await flicker(600), /^IMAGE_TOO_LARGE$/],
      [await stuffed(), /^([0-9a-f-]{36}|IMAGE_UNREADABLE)$/],
    ];
    const before = process.memoryUsage().rss;
    for (const [bytes, code] of refused) expect(await refusalOf(bytes)).toMatch(code);
    // They are decoded elsewhere.
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
  });

  it("is refused where it cannot be read", async () => {
    const whole = await photo("jpeg");
    expect(await refusalOf(whole.subarray(0, whole.length / 2))).toBe("IMAGE_UNREADABLE");
    expect(await refusalOf(await liar(4000, 4000))).toBe("IMAGE_UNREADABLE");
    expect(await refusalOf(Buffer.from(`GIF89a${html}`))).toBe("IMAGE_UNREADABLE");
    expect(await refusalOf(Buffer.concat([whole.subarray(0, 4), randomBytes(5000)]))).toBe(
      "IMAGE_UNREADABLE",
    );
  });

  it("is refused in a format that we cannot take the location out of", async () => {
    const tiff = await sharp(await photo("jpeg"))
      .keepMetadata()
      .tiff()
      .toBuffer();
    const avif = await sharp(await photo("jpeg"))
      .keepMetadata()
      .avif({ effort: 0 })
      .toBuffer();
    const heic = Buffer.concat([Buffer.from("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), Buffer.alloc(100)]);
    for (const bytes of [tiff, avif, heic]) expect(await refusalOf(bytes)).toBe("IMAGE_UNSUPPORTED");
  });

  it("that was refused leaves nothing behind", async () => {
    const count = () => node.db.attachment.count();
    const before = await count();
    await refusalOf(await flat(9_000));
    expect(await count()).toBe(before);
  });
});

describe("sound and video", () => {
  const webm = Buffer.from(
    "1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701",
    "hex",
  );
  const mp4 = Buffer.concat([Buffer.from("\0\0\0\u0018ftypisom\0\0\u0002\0isomiso2"), Buffer.alloc(64)]);

  it.each([
    ["video/webm", webm, "video/webm", "video"],
    ["video/webm", webm, "audio/webm;codecs=opus", "audio"],
    ["video/mp4", mp4, "video/mp4", "video"],
    ["video/mp4", mp4, "audio/mp4", "audio"],
    ["video/webm", webm, "text/html", "video"],
  ])("play where they are: %s", async (sniffed, bytes, claimed, kind) => {
    const { attachment, answer } = await send(bytes, { name: "clip", type: claimed });
    expect(attachment).toMatchObject({ kind, type: sniffed.replace("video", kind) });
    expect(answer.headers.get("content-disposition")).toMatch(/^inline; /);
    isInert(answer);
  });

  it.each(["video/mp4", "audio/mp4", "text/plain"])("tell nobody where they were taken: %s", async (type) => {
    const { attachment, answer } = await send(taggedVideo(), { name: "clip", type });
    expect(attachment.size).toBe(taggedVideo().length);
    expect(answer.bytes.includes("40.4168")).toBe(false);
    expect(answer.bytes.includes("the picture, and the sound")).toBe(true);
  });
});

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import type { Voice } from "~/shared/attachments";
import { type Person, timelineOf } from "./person";
import { expect } from "./test";

export interface TestFile {
  name: string;
  type: string;
  bytes: Buffer;
}

export const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

export const note: TestFile = {
  name: "año — actas.txt",
  type: "text/plain",
  bytes: Buffer.from("Señas, ñandúes y números: 1, 2, 3\n".repeat(500)),
};

/** A picture that the browser paints: 900 × 600 pixels. */
export const paintPicture = async (page: Page, name: string): Promise<TestFile> => {
  const url = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 900;
    canvas.height = 600;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser cannot paint");
    const sky = context.createLinearGradient(0, 0, 900, 600);
    sky.addColorStop(0, "#f2b872");
    sky.addColorStop(1, "#2d5d7b");
    context.fillStyle = sky;
    context.fillRect(0, 0, 900, 600);
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  return { name, type: "image/jpeg", bytes: Buffer.from(url.slice(url.indexOf(",") + 1), "base64") };
};

/** Drops files on the room, as from the desktop. */
export const dropFiles = async (person: Person, files: TestFile[]): Promise<void> => {
  const plain = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString("base64") }));
  const carried = await person.page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  }, plain);
  const timeline = timelineOf(person).or(person.page.getByRole("textbox").last()).first();
  await timeline.dispatchEvent("dragenter", { dataTransfer: carried });
  await expect(person.page.getByText(person.t("messages.files.drop"))).toBeVisible();
  await timeline.dispatchEvent("drop", { dataTransfer: carried });
};

export const trayOf = ({ page, t }: Person): Locator =>
  page.getByRole("list", { name: t("messages.files.tray") });

/** Presses the composer's button. */
export const send = ({ page, t }: Person): Promise<void> =>
  page.getByRole("button", { name: t("messages.send") }).click();

/** What a press on a file's link brings. */
export const downloadOf = async ({ page, t }: Person, name: string): Promise<Buffer> => {
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: t("messages.files.download", { name }) }).click();
  const download = await begun;
  expect(download.suggestedFilename()).toBe(name);
  return readFile(await download.path());
};

/** Twenty seconds of a quiet tone. */
export const tone: TestFile = {
  name: "nota la.wav",
  type: "audio/wav",
  bytes: (() => {
    const rate = 8_000;
    const samples = Buffer.alloc(20 * rate);
    for (let at = 0; at < samples.length; at += 1)
      samples[at] = 128 + Math.round(8 * Math.sin((2 * Math.PI * 440 * at) / rate));
    const head = Buffer.alloc(44);
    head.write("RIFF", 0);
    head.writeUInt32LE(36 + samples.length, 4);
    head.write("WAVEfmt ", 8);
    head.writeUInt32LE(16, 16);
    // PCM, one channel, eight bits.
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(rate, 24);
    head.writeUInt32LE(rate, 28);
    head.writeUInt16LE(1, 32);
    head.writeUInt16LE(8, 34);
    head.write("data", 36);
    head.writeUInt32LE(samples.length, 40);
    return Buffer.concat([head, samples]);
  })(),
};

/** A moment of video that the browser paints and records: 320 × 180 pixels. */
export const recordVideo = async (page: Page, name: string): Promise<TestFile> => {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser cannot paint");
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: "video/webm" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    for (let hue = 0; hue < 30; hue += 1) {
      context.fillStyle = `hsl(${hue * 12} 60% 50%)`;
      context.fillRect(0, 0, 320, 180);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
  });
  return { name, type: "video/webm", bytes: Buffer.from(base64, "base64") };
};

/** Uploads files into a room as a program does. Resolves to their ids: no message has them yet. */
export const upload = async (
  { browser, username, password }: Person,
  roomId: string,
  files: (TestFile & { voice?: Voice })[],
): Promise<string[]> => {
  if (files.length === 0) return [];
  const { request } = browser;
  const answer = await request.post("/api/auth/login", { data: { username, password } });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const ids: string[] = [];
  for (const { name, type, bytes, voice } of files) {
    const taken = await request.post("/api/attachments", {
      headers: { authorization: `Bearer ${token}` },
      multipart: {
        roomId,
        ...(voice && { voice: JSON.stringify(voice) }),
        file: { name, mimeType: type, buffer: bytes },
      },
    });
    expect(taken.status()).toBe(201);
    ids.push(((await taken.json()) as { id: string }).id);
  }
  return ids;
};

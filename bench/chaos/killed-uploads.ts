import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { Upload } from "tus-js-client";
import { collect } from "~/server/attachments/janitor";
import { type Storage, thumbnailKey } from "~/server/attachments/storage";
import { createDb } from "~/server/infra/db";
import { createLog } from "~/server/infra/log";
import { uploadsPath } from "~/shared/attachment-paths";
import type { Message } from "~/shared/messages";
import { type Account, Device, register } from "./person";
import type { Random } from "./random";
import type { Rig } from "./rig";
import type { Figure } from "./scenario";
import { until } from "./until";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A photo that takes the node a moment to make anew. */
const photo = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 2400,
      height: 1800,
      channels: 3,
      background: "white",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  })
    .jpeg()
    .toBuffer();

/** Uploads as a browser does, and kills both web nodes when `killAt` of the way is behind it, past 1: while it is finished. */
const uploadThroughKill = async (
  rig: Rig,
  { cookie, ip }: Account,
  roomId: string,
  bytes: Buffer,
  killAt: number,
): Promise<string> => {
  let killing: Promise<unknown> | undefined;
  const kill = async () => {
    if (killAt > 1) await sleep((killAt - 1) * 1000);
    await Promise.all(rig.web.map((node) => node.signal("SIGKILL")));
    await Promise.all(rig.web.map((node) => node.start()));
  };
  const url = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: rig.urls.http + uploadsPath,
      metadata: { roomId, name: "file", type: "" },
      headers: { cookie, "x-forwarded-for": ip },
      retryDelays: Array<number>(100).fill(200),
      onProgress: (sent, total) => {
        if (sent >= Math.min(killAt, 1) * total) killing ??= kill();
      },
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ""),
    });
    upload.start();
  });
  await killing;
  return url.slice(url.lastIndexOf("/") + 1);
};

/** Sends until it is acknowledged. */
const send = async ({ api }: Device, roomId: string, id: string): Promise<Message> => {
  const input = { roomId, clientId: randomUUID(), body: "", attachmentIds: [id] };
  let message: Message | null = null;
  await until("the file is sent", async () => {
    message = await api.messages.send.mutate(input).catch(() => null);
    return message !== null;
  });
  if (!message) throw new Error("not sent");
  return message;
};

/** What the other side gets of a message's file that differs from what it should. */
const wrongIn = async (
  rig: Rig,
  reader: Account,
  { attachments }: Message,
  bytes: Buffer,
): Promise<string[]> => {
  const [file] = attachments;
  if (!file) return ["a message without its file"];
  const answers = await Promise.all(
    rig.direct.web.map((node) => fetch(node + file.url, { headers: { cookie: reader.cookie } })),
  );
  const bodies = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
  return bodies.flatMap((body, index) => {
    const etag = answers[index]?.headers.get("etag");
    const isWhole = etag === `"${sha256(body)}"` && body.length === file.size;
    const isSame = file.kind === "image" || body.equals(bytes);
    return isWhole && isSame ? [] : [`${file.kind} ${file.id} is not what was sent`];
  });
};

/** Collects an hour later, and counts the files that no row knows of, the rows without a file, and what is left of uploads. */
const countOrphans = async (rig: Rig, storage: Storage): Promise<number> => {
  const db = createDb(rig.urls.database);
  const hours = 2 * 60 * 60_000;
  const old = new Date(Date.now() - hours);
  await db.attachment.updateMany({ where: { messageId: null }, data: { expiresAt: old } });
  await collect({ db, storage, log: createLog("silent") }, Date.now() + hours);
  const rows = await db.attachment.findMany({ select: { id: true, hasThumbnail: true } });
  await db.$disconnect();
  const files = new Set<string>();
  for await (const { key } of storage.list()) files.add(key);
  const known = rows.flatMap(({ id, hasThumbnail }) => (hasThumbnail ? [id, thumbnailKey(id)] : [id]));
  const missing = known.filter((key) => !files.delete(key));
  const left = (await storage.uploads.list()).size + readdirSync(storage.workDir).length;
  return files.size + missing.length + left;
};

const killPoint = (random: Random, index: number, count: number): number =>
  // Evenly over the way and the half second of work after it.
  ((index + random.next()) / count) * 1.5;

/**
 * Uploads a file after the other, kills both web nodes at a point of each, and looks at what the other side gets.
 *
 * @param fileBytes of each other file; those between are photos
 */
export const killDuringUploads = async (
  rig: Rig,
  storage: Storage,
  { random, count, fileBytes }: { random: Random; count: number; fileBytes: number },
): Promise<{ figures: Figure[]; author: Account; roomId: string }> => {
  const [author, reader] = await Promise.all([register(rig.urls), register(rig.urls)]);
  const one = new Device(author, rig.urls);
  const other = new Device(reader, rig.urls);
  const { roomId } = await one.api.contacts.add.mutate({ userId: reader.userId });
  await other.api.contacts.add.mutate({ userId: author.userId });
  const wrong: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = index % 2 === 0 ? randomBytes(fileBytes) : await photo();
    const id = await uploadThroughKill(rig, author, roomId, bytes, killPoint(random, index, count));
    wrong.push(...(await wrongIn(rig, reader, await send(one, roomId, id), bytes)));
  }
  const { items } = await other.api.messages.list.query({ roomId });
  await Promise.all([one.close(), other.close()]);
  const figures = [
    { what: `${count} kills; files that are not what was sent`, value: wrong.length, limit: 0 },
    { what: "messages missing or doubled", value: Math.abs(items.length - count), limit: 0 },
    { what: "orphans after the hour", value: await countOrphans(rig, storage), limit: 0 },
  ];
  return { figures, author, roomId };
};

import { randomBytes, randomUUID } from "node:crypto";
import sharp from "sharp";
import { receiveBytes } from "~/server/attachments/receive";
import type { Runtime } from "~/server/runtime";
import { attachmentMaxBytes, attachmentQuotaBytes } from "~/shared/limits";
import { tokenOf } from "./cast";
import { openConversation } from "./conversation";
import { flat, liar, photo } from "./pictures";
import type { Make, Sent, World } from "./rest-scenarios";
import { begin } from "./uploads";

/** A room of mine, and a token of mine. */
const myRoom = async ({ node, origin }: World) => {
  const talk = await openConversation(node);
  const browser = { origin, member: talk.first };
  return { ...talk, browser, ...(await tokenOf(node, talk.first)) };
};

const nobody = (): Sent => ({ path: { id: randomUUID(), roomId: randomUUID() } });
const noUuid = (): Sent => ({ path: { id: "photo", roomId: "general" } });

/** A file of mine that waits for its message. */
const unsent: Make = async (world) => {
  const { token, roomId, first } = await myRoom(world);
  const about = { roomId, name: "photo.jpg", type: "" };
  const { id } = await receiveBytes(world.node, first.user, about, await photo("jpeg"));
  return { token, path: { id } };
};

const form = (roomId: string, bytes: Uint8Array<ArrayBuffer>): FormData => {
  const fields = new FormData();
  fields.set("roomId", roomId);
  fields.set("file", new Blob([bytes]), "file");
  return fields;
};

const some = randomBytes(1_000) as Uint8Array<ArrayBuffer>;

/** Posts these bytes into a room of mine. */
const posted =
  (make: () => Promise<Uint8Array>): Make =>
  async (world) => {
    const { token, roomId } = await myRoom(world);
    return { token, body: form(roomId, new Uint8Array(await make())) };
  };

const tusHeaders = { "Tus-Resumable": "1.0.0" };
const metadataOf = (roomId: string) => `roomId ${btoa(roomId)}`;

/** Begins an upload of so many bytes into a room of mine. */
const begun =
  (size: number, room?: string): Make =>
  async (world) => {
    const { token, roomId } = await myRoom(world);
    return {
      token,
      headers: {
        ...tusHeaders,
        "Upload-Length": String(size),
        "Upload-Metadata": metadataOf(room ?? roomId),
      },
    };
  };

type Room = Awaited<ReturnType<typeof myRoom>>;

/** A file that is sent in one way or the other, once something was done before. */
const after =
  (before: (world: World, room: Room) => Promise<unknown>, send: (room: Room) => Sent): Make =>
  async (world) => {
    const room = await myRoom(world);
    await before(world, room);
    return { token: room.token, ...send(room) };
  };
const inForm = ({ roomId }: Room): Sent => ({ body: form(roomId, some) });
const inPieces = ({ roomId }: Room): Sent => ({
  headers: { ...tusHeaders, "Upload-Length": "1000", "Upload-Metadata": metadataOf(roomId) },
});

const spendSpace = ({ db }: Runtime, ownerId: string, roomId: string): Promise<unknown> => {
  const row = { roomId, ownerId, name: "", type: "", sha256: "", hasThumbnail: false };
  const rows = [1, 2, 3, 4].map(() => ({ ...row, id: randomUUID(), size: attachmentQuotaBytes / 4 }));
  return db.attachment.createMany({ data: rows });
};

const noSpace = ({ node }: World, { first, roomId }: Room) => spendSpace(node, first.user.id, roomId);

const spendHour = async (_: World, { browser, roomId }: Room) => {
  const file = { name: "a", type: "", bytes: some };
  for (let times = 0; times < 20; times += 1) await begin(browser, roomId, file, attachmentMaxBytes);
  await begin(browser, roomId, file, 48 * 1024 ** 2);
};

/** Sends all the bytes of an upload that was announced to have as many, or so many. */
const sent =
  (make: () => Promise<Uint8Array>, size?: number): Make =>
  async (world) => {
    const { token, roomId, browser } = await myRoom(world);
    const body = new Uint8Array(await make());
    const { headers } = await begin(
      browser,
      roomId,
      { name: "a", type: "", bytes: body },
      size ?? body.length,
    );
    const id = headers.get("location")?.split("/").at(-1) ?? "";
    return {
      token,
      path: { id },
      headers: { ...tusHeaders, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
      body,
    };
  };

const atUpload: Make = async (world) => {
  const { token, path } = await sent(async () => some)(world);
  return { token: token ?? "", path: path ?? {}, headers: tusHeaders };
};

const tiff = async () =>
  sharp(await photo("jpeg"))
    .tiff()
    .toBuffer();
const pictures = {
  IMAGE_TOO_LARGE: () => flat(9_000),
  IMAGE_UNREADABLE: () => liar(4_000, 4_000),
  IMAGE_UNSUPPORTED: tiff,
};
const byPicture = (make: (picture: () => Promise<Uint8Array>) => Make): Record<string, Make> =>
  Object.fromEntries(Object.entries(pictures).map(([code, picture]) => [code, make(picture)]));

export const fileScenarios: Record<string, Record<string, Make>> = {
  listAttachments: {
    ok: async (world) => {
      const { token, roomId, first, asFirst } = await myRoom(world);
      const about = { roomId, name: "photo.jpg", type: "" };
      const { id } = await receiveBytes(world.node, first.user, about, await photo("jpeg"));
      await asFirst.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] });
      return { token, path: { roomId }, query: "?kind=image" };
    },
    INVALID_INPUT: noUuid,
    ROOM_NOT_FOUND: nobody,
  },
  discardAttachment: { ok: unsent, INVALID_INPUT: noUuid },
  uploadAttachment: {
    ok: posted(async () => some),
    INVALID_INPUT: () => ({ body: new FormData() }),
    ROOM_NOT_FOUND: () => ({ body: form(randomUUID(), some) }),
    ATTACHMENT_EMPTY: posted(async () => new Uint8Array()),
    ATTACHMENT_TOO_LARGE: posted(async () => new Uint8Array(attachmentMaxBytes + 1)),
    ATTACHMENT_QUOTA: after(noSpace, inForm),
    RATE_LIMITED: after(spendHour, inForm),
    ...byPicture(posted),
  },
  downloadAttachment: { ok: unsent, ATTACHMENT_NOT_FOUND: nobody },
  downloadThumbnail: { ok: unsent, ATTACHMENT_NOT_FOUND: nobody },
  beginUpload: {
    ok: begun(1_000),
    INVALID_INPUT: () => ({ headers: { ...tusHeaders, "Upload-Length": "9" } }),
    ROOM_NOT_FOUND: begun(9, randomUUID()),
    ATTACHMENT_EMPTY: begun(0),
    ATTACHMENT_TOO_LARGE: begun(attachmentMaxBytes + 1),
    ATTACHMENT_QUOTA: after(noSpace, inPieces),
    RATE_LIMITED: after(spendHour, inPieces),
  },
  inspectUpload: { ok: atUpload },
  continueUpload: {
    ok: sent(async () => some),
    ATTACHMENT_NOT_FOUND: async (world) => ({ ...(await sent(async () => some)(world)), ...nobody() }),
    ATTACHMENT_TOO_LARGE: sent(async () => some, 10),
    ATTACHMENT_QUOTA: async (world) => {
      const good = await sent(async () => some)(world);
      const { metadata } = await world.node.storage.uploads.getUpload(good.path?.["id"] ?? "");
      await spendSpace(world.node, metadata?.["ownerId"] ?? "", metadata?.["roomId"] ?? "");
      return good;
    },
    ...byPicture(sent),
  },
  giveUpUpload: {
    ok: atUpload,
    ATTACHMENT_NOT_FOUND: () => ({ ...nobody(), headers: tusHeaders }),
  },
};

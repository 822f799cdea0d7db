import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect } from "~/server/attachments/janitor";
import type { OwnedRuntime } from "~/server/create-runtime";
import { pictureMaxBytes, pictureSides } from "~/shared/limits";
import { picturesPath } from "~/shared/picture-paths";
import { callerFor, type Member, newcomer } from "~/test/cast";
import { postPicture, uploadPicture } from "~/test/picture-uploads";
import { animation, flat, liar, photo } from "~/test/pictures";
import { refusal } from "~/test/refusal";
import { logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { allowedOrigin } from "~/test/socket";
import { type Browser, download } from "~/test/uploads";
import { pictureKey } from "./files";
import { picturesPerPerson } from "./receive";

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

const browserOf = (member?: Member): Browser => ({ origin: server.origin, member });
const pathOf = (id: string) => `${picturesPath}/${id}`;
const statusFor = async (member: Member | undefined, path: string): Promise<number> =>
  (await download(browserOf(member), path)).status;

/** Somebody with a picture that they have just uploaded. */
const withUpload = async () => {
  const me = await newcomer(node);
  return { me, api: await callerFor(node, me), pictureId: await uploadPicture(browserOf(me)) };
};

/** A group with a picture, somebody who was asked to join it, and a link into it. */
const openGroup = async () => {
  const { me: owner, api, pictureId } = await withUpload();
  const [invited, stranger] = [await newcomer(node), await newcomer(node)];
  const { roomId } = await api.groups.create({ title: "Fotos", userIds: [invited.user.id] });
  await api.groups.setPicture({ roomId, pictureId });
  const { token } = await api.groups.createInvite({ roomId });
  return { owner, api, invited, stranger, roomId, pictureId, token };
};

describe("a picture that is posted", () => {
  it.each(["jpeg", "png", "webp"] as const)(
    "of %s is cut square, upright, and bare of notes",
    async (format) => {
      const me = await newcomer(node);
      const { status, body } = await postPicture(browserOf(me), await photo(format));
      expect(status).toBe(201);
      for (const [path, side] of [
        [pathOf(body.pictureId), pictureSides.large],
        [`${pathOf(body.pictureId)}/small`, pictureSides.small],
      ] as const) {
        const { headers, bytes } = await download(browserOf(me), path);
        expect(Object.fromEntries(headers)).toMatchObject({
          "content-type": "image/webp",
          "content-length": String(bytes.length),
          "cache-control": "private, max-age=31536000, immutable",
          "x-content-type-options": "nosniff",
        });
        const picture = await sharp(bytes).metadata();
        expect(picture).toMatchObject({ format: "webp", width: side, height: side });
        expect(picture.exif).toBeUndefined();
        expect(bytes.length).toBeLessThan(40_000);
      }
    },
  );

  it("may move, and then stands still", async () => {
    const me = await newcomer(node);
    const { body } = await postPicture(browserOf(me), await animation("gif"));
    const { bytes } = await download(browserOf(me), pathOf(body.pictureId));
    expect((await sharp(bytes, { animated: true }).metadata()).pages ?? 1).toBe(1);
  });

  it.each([
    [
      "is none",
      422,
      "IMAGE_UNSUPPORTED",
      async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ["is empty", 422, "IMAGE_UNSUPPORTED", async () => Buffer.alloc(0)],
    ["is damaged", 422, "IMAGE_UNREADABLE", async () => (await photo("png")).subarray(0, 5_000)],
    ["has too many pixels", 422, "IMAGE_TOO_LARGE", () => liar(30_000, 30_000)],
    ["is too large", 413, "PICTURE_TOO_LARGE", async () => Buffer.alloc(pictureMaxBytes + 1)],
  ])("is refused where it %s, and nothing of it stays", async (_, status, code, bytes) => {
    const me = await newcomer(node);
    const answer = await postPicture(browserOf(me), await bytes());
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await node.db.picture.count({ where: { ownerId: me.user.id } })).toBe(0);
  });

  it("is refused where its size is not announced and turns out too large", async () => {
    const me = await newcomer(node);
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    const answer = fetch(`${server.origin}${picturesPath}`, {
      method: "POST",
      headers: { "Content-Type": "image/png", Cookie: me.cookie },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect((await answer.then(({ status }) => status)).toString()).toBe("413");
  });

  it("is taken from who is signed in, from our own pages and programs alone, and not from forms", async () => {
    const me = await newcomer(node);
    const bytes = await flat(8);
    const { access_token } = await logIn(server.origin, me);
    const post = async (browser: Browser, headers: Record<string, string>) =>
      (await postPicture(browser, bytes, headers)).status;
    expect(await post(browserOf(), {})).toBe(401);
    expect(await post(browserOf(), { Authorization: `Bearer ${access_token}` })).toBe(201);
    expect(await post(browserOf(me), { Origin: allowedOrigin })).toBe(201);
    expect(await post(browserOf(me), { Origin: "https://evil.test" })).toBe(403);
    expect(await post(browserOf(me), { "Content-Type": "text/plain" })).toBe(415);
    expect(await post(browserOf(me), { "Content-Type": "multipart/form-data; boundary=x" })).toBe(415);
  });

  it("is one of a bounded number", async () => {
    const me = await newcomer(node);
    await node.backplane.limits.take(picturesPerPerson, me.user.id, picturesPerPerson.points);
    const answer = await postPicture(browserOf(me), await flat(8));
    expect(answer).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
  });
});

describe("a picture", () => {
  it("that nobody has yet is its owner's alone", async () => {
    const { me, pictureId } = await withUpload();
    expect(await statusFor(me, pathOf(pictureId))).toBe(200);
    expect(await statusFor(await newcomer(node), pathOf(pictureId))).toBe(404);
    expect(await statusFor(undefined, pathOf(pictureId))).toBe(401);
  });

  it("of a person is for everybody who is signed in, until another takes its place", async () => {
    const { me, api, pictureId } = await withUpload();
    const anybody = await newcomer(node);
    expect(await api.auth.setPicture({ pictureId })).toEqual({ ...me.user, pictureId, profileRev: 1 });
    expect(await statusFor(anybody, pathOf(pictureId))).toBe(200);
    expect(await statusFor(undefined, pathOf(pictureId))).toBe(401);
    const next = await uploadPicture(browserOf(me));
    expect(await api.auth.setPicture({ pictureId: next })).toMatchObject({ pictureId: next, profileRev: 2 });
    expect(await statusFor(me, pathOf(pictureId))).toBe(404);
    expect(await statusFor(anybody, pathOf(next))).toBe(200);
    expect(await api.auth.setPicture({ pictureId: null })).toMatchObject({ pictureId: null });
    expect(await statusFor(anybody, pathOf(next))).toBe(404);
  });

  it("of a group is for its members, for who was asked to join, and for who has a link", async () => {
    const { owner, api, invited, stranger, roomId, pictureId, token } = await openGroup();
    expect(await statusFor(owner, pathOf(pictureId))).toBe(200);
    expect(await statusFor(invited, `${pathOf(pictureId)}/small`)).toBe(200);
    expect(await statusFor(stranger, pathOf(pictureId))).toBe(404);
    expect(await statusFor(stranger, `${pathOf(pictureId)}?invite=${token}`)).toBe(200);
    expect(await statusFor(stranger, `${pathOf(pictureId)}?invite=${randomUUID()}`)).toBe(404);
    const asStranger = await callerFor(node, stranger);
    expect(await asStranger.groups.previewInvite({ token })).toMatchObject({ pictureId });
    const other = await openGroup();
    expect(await statusFor(stranger, `${pathOf(pictureId)}?invite=${other.token}`)).toBe(404);
    await api.groups.removeMember({ roomId, userId: invited.user.id });
    expect(await statusFor(invited, pathOf(pictureId))).toBe(404);
    await api.groups.leave({ roomId });
    expect(await statusFor(owner, pathOf(pictureId))).toBe(404);
  });

  it.each([
    "",
    "/",
    "/x",
    `/${randomUUID()}`,
    `/${randomUUID()}/large`,
    `/${randomUUID()}/small/er`,
    "/../healthz/x",
  ])("is not found at %s", async (path) => {
    expect(await statusFor(await newcomer(node), `${picturesPath}${path}`)).toBe(404);
  });
});

describe("giving a picture", () => {
  it("takes an upload of one's own, once, while it is there", async () => {
    const { me, api, pictureId } = await withUpload();
    const { api: asOther } = await withUpload();
    const gone = refusal("PICTURE_NOT_FOUND");
    await expect(asOther.auth.setPicture({ pictureId })).rejects.toMatchObject(gone);
    await api.auth.setPicture({ pictureId });
    const { roomId } = await api.groups.create({ title: "Fotos", userIds: [] });
    await expect(api.groups.setPicture({ roomId, pictureId })).rejects.toMatchObject(gone);
    await expect(api.auth.setPicture({ pictureId: randomUUID() })).rejects.toMatchObject(gone);
    const late = await uploadPicture(browserOf(me));
    await node.db.picture.update({ where: { id: late }, data: { expiresAt: new Date() } });
    await expect(api.auth.setPicture({ pictureId: late })).rejects.toMatchObject(gone);
    expect(await (await callerFor(node, me)).auth.me()).toMatchObject({ pictureId });
  });

  it("to a group is for its admins, and a line of its timeline", async () => {
    const { api, invited, roomId, pictureId } = await openGroup();
    const asInvited = await callerFor(node, invited);
    const theirs = await uploadPicture(browserOf(invited));
    await expect(asInvited.groups.setPicture({ roomId, pictureId: theirs })).rejects.toMatchObject(
      refusal("NOT_ALLOWED"),
    );
    expect(await asInvited.rooms.get({ roomId })).toMatchObject({ pictureId });
    await api.groups.setPicture({ roomId, pictureId });
    await api.groups.setPicture({ roomId, pictureId: null });
    const { items } = await asInvited.messages.list({ roomId });
    expect(items.map(({ notice }) => notice?.type)).toEqual(["created", "added", "pictured", "unpictured"]);
    expect(await asInvited.rooms.get({ roomId })).toMatchObject({ pictureId: null });
  });
});

describe("the janitor", () => {
  it("collects pictures that nobody took, and those that another took the place of", async () => {
    const { me, api, pictureId: first } = await withUpload();
    await api.auth.setPicture({ pictureId: first });
    const second = await uploadPicture(browserOf(me));
    await api.auth.setPicture({ pictureId: second });
    const unused = await uploadPicture(browserOf(me));
    await node.db.picture.update({ where: { id: unused }, data: { expiresAt: new Date() } });
    const waiting = await uploadPicture(browserOf(me));
    await collect(node);
    for (const id of [first, unused]) {
      await expect(node.storage.size(pictureKey(id, "small"))).rejects.toThrow();
      await expect(node.storage.size(pictureKey(id, "large"))).rejects.toThrow();
    }
    const left = await node.db.picture.findMany({ where: { ownerId: me.user.id }, select: { id: true } });
    expect(left.map(({ id }) => id).sort()).toEqual([second, waiting].sort());
    expect(await statusFor(me, pathOf(second))).toBe(200);
    expect(await statusFor(me, pathOf(waiting))).toBe(200);
  });
});

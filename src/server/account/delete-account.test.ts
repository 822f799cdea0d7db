import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { closeCodes } from "~/server/admission";
import { receiveBytes } from "~/server/attachments/receive";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Message } from "~/shared/messages";
import { type Caller, callerFor, type Member, newcomer, register } from "~/test/cast";
import { openConversation, openRequest, say } from "~/test/conversation";
import { LiveState } from "~/test/live-state";
import { uploadPicture } from "~/test/picture-uploads";
import { refusal } from "~/test/refusal";
import { askRest, logIn } from "~/test/rest";
import { testRuntime } from "~/test/runtime";
import { openServer, type TestServer } from "~/test/server";
import { download } from "~/test/uploads";

let node: OwnedRuntime;
let other: OwnedRuntime;
let server: TestServer;
beforeAll(async () => {
  node = await testRuntime();
  other = await testRuntime();
  server = await openServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

const leave = async (member: Member, { eraseMessages = false } = {}): Promise<void> =>
  (await callerFor(node, member)).account.delete({ password: member.password, eraseMessages });

/** Somebody whose names are found nowhere else. */
const somebody = (): Promise<Member> => {
  const mark = randomUUID().slice(0, 8);
  return register(node, { username: `gone-${mark}`, displayName: `Zoë Ñandú ${mark}` });
};

/** Everything that the database holds, as text. */
const dump = async (): Promise<string> => {
  const tables = await node.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = 'public'`;
  const texts = await Promise.all(
    tables.map(({ name }) =>
      node.db.$queryRawUnsafe<{ text: string | null }[]>(
        `SELECT string_agg(t::text, E'\n') AS "text" FROM "${name}" t`,
      ),
    ),
  );
  return texts.map(([row]) => row?.text ?? "").join("\n");
};

const noticesOf = async (api: Caller, roomId: string) => {
  const { items } = await api.messages.list({ roomId, limit: 100 });
  return items.flatMap(({ author, notice }) => (notice ? [{ by: author.id, ...notice }] : []));
};

describe("an account that is deleted", () => {
  it("leaves nothing that says who it was, wherever one looks in the database", async () => {
    const me = await somebody();
    const api = await callerFor(node, me);
    const [friend, blocked] = [await newcomer(node), await newcomer(node)];
    const asFriend = await callerFor(node, friend);
    await api.auth.setPicture({ pictureId: await uploadPicture({ origin: server.origin, member: me }) });
    const { roomId } = await api.contacts.add({ userId: friend.user.id });
    await asFriend.contacts.add({ userId: me.user.id });
    await api.contacts.block({ userId: blocked.user.id });
    await say(api, roomId, "hola");
    const group = await asFriend.groups.create({ title: "Group", userIds: [me.user.id] });
    await asFriend.groups.setRole({ ...group, userId: me.user.id, role: "admin" });
    const row = await node.db.user.findUniqueOrThrow({ where: { id: me.user.id } });
    const secrets = [me.user.username, me.user.displayName, row.searchName, row.passwordHash];
    const before = await dump();
    for (const secret of secrets) expect(before).toContain(secret);

    await leave(me);
    const after = await dump();
    for (const secret of secrets) expect(after).not.toContain(secret);
    const owned = { userId: me.user.id };
    expect(await node.db.session.count({ where: owned })).toBe(0);
    expect(await node.db.contact.count({ where: { OR: [{ ownerId: me.user.id }, owned] } })).toBe(0);
    expect(await node.db.block.count({ where: { blockerId: me.user.id } })).toBe(0);
    expect(await node.db.picture.count({ where: { ownerId: me.user.id, expiresAt: null } })).toBe(0);
    expect(await node.db.user.findUnique({ where: { id: me.user.id } })).toMatchObject({
      pictureId: null,
      deletedAt: expect.any(Date),
    });
  });

  it("takes its password, and without it stays as it is", async () => {
    const me = await newcomer(node);
    const api = await callerFor(node, me);
    await expect(api.account.delete({ password: "not mine" })).rejects.toMatchObject(
      refusal("WRONG_PASSWORD", { fields: { password: ["wrongPassword"] } }),
    );
    expect(await (await callerFor(node, me)).auth.me()).toEqual(me.user);
  });

  it("is signed out everywhere within a second: pages, sockets, tokens", async () => {
    const me = await newcomer(node);
    const { access_token, refresh_token } = await logIn(server.origin, me);
    const url = `${server.origin.replace("http", "ws")}/api/ws`;
    const sockets = [me.cookie, `charla=${access_token}`].map(
      (cookie, index) =>
        new WebSocket(url, {
          headers: index === 0 ? { cookie } : { authorization: `Bearer ${access_token}` },
        }),
    );
    await Promise.all(sockets.map((ws) => once(ws, "open")));
    const closed = Promise.all(sockets.map(async (ws) => (await once(ws, "close"))[0]));
    await vi.waitFor(async () => {
      const presence = await node.presence.of([me.user.id]);
      expect(presence.get(me.user.id)?.online).toBe(true);
    });
    await leave(me);
    expect(await closed).toEqual([closeCodes.signInFirst, closeCodes.signInFirst]);
    const byToken = await askRest(server.origin, "/auth/me", { token: access_token });
    expect(byToken).toMatchObject({ status: 401, body: { code: "SESSION_ENDED" } });
    const refreshed = await askRest(server.origin, "/auth/refresh", {
      method: "POST",
      body: { refresh_token },
    });
    expect(refreshed).toMatchObject({ status: 401, body: { code: "SESSION_ENDED" } });
    await expect((await callerFor(node, me)).auth.me()).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
    expect((await node.presence.of([me.user.id])).size).toBe(0);
  });

  it("is nobody to whoever looks for it, and nobody can have its name", async () => {
    const me = await somebody();
    const api = await callerFor(node, me);
    const seeker = await newcomer(node);
    const asSeeker = await callerFor(node, seeker);
    await asSeeker.contacts.add({ userId: me.user.id });
    const blocker = await newcomer(node);
    const asBlocker = await callerFor(node, blocker);
    await asBlocker.contacts.block({ userId: me.user.id });
    const invited = await asSeeker.groups.create({ title: "Group", userIds: [me.user.id] });
    const pictureId = await uploadPicture({ origin: server.origin, member: me });
    await api.auth.setPicture({ pictureId });
    await leave(me);

    const { username } = me.user;
    const userId = me.user.id;
    const gone = refusal("USER_NOT_FOUND");
    for (const query of [username, me.user.displayName, "Deleted account", `~${userId}`, userId]) {
      expect(await asSeeker.contacts.search({ query })).toEqual([]);
    }
    await expect(asSeeker.contacts.add({ username })).rejects.toMatchObject(gone);
    await expect(asSeeker.contacts.add({ userId })).rejects.toMatchObject(gone);
    await expect(asSeeker.contacts.block({ userId })).rejects.toMatchObject(gone);
    await expect(asSeeker.groups.create({ title: "x", userIds: [userId] })).rejects.toMatchObject(gone);
    await expect(asSeeker.groups.addMembers({ ...invited, userIds: [userId] })).rejects.toMatchObject(gone);
    await expect(asSeeker.groups.setRole({ ...invited, userId, role: "admin" })).rejects.toMatchObject(
      refusal("MEMBER_NOT_FOUND"),
    );
    await expect(asSeeker.groups.removeMember({ ...invited, userId })).rejects.toMatchObject(
      refusal("MEMBER_NOT_FOUND"),
    );
    expect((await asSeeker.groups.members(invited)).map(({ user }) => user.id)).toEqual([seeker.user.id]);
    expect((await asSeeker.contacts.list()).items).toEqual([]);
    expect(await asBlocker.contacts.blocked()).toEqual([]);
    expect(
      (await download({ origin: server.origin, member: seeker }, `/api/pictures/${pictureId}`)).status,
    ).toBe(404);

    const anybody = await callerFor(node);
    const credentials = { username, password: me.password };
    await expect(anybody.auth.signIn(credentials)).rejects.toMatchObject(refusal("BAD_CREDENTIALS"));
    await expect(anybody.auth.grantTokens(credentials)).rejects.toMatchObject(refusal("BAD_CREDENTIALS"));
    for (const again of [username, username.toUpperCase()]) {
      await expect(
        anybody.auth.register({
          username: again,
          displayName: "Impostor",
          password: "a password for everybody",
        }),
      ).rejects.toMatchObject(refusal("USERNAME_TAKEN", { fields: { username: ["usernameTaken"] } }));
    }
  });

  it("leaves a 1:1 room to be read and not to be written in", async () => {
    const { first: me, asFirst, asSecond, second, roomId } = await openConversation(node);
    await say(asFirst, roomId, "adiós");
    const clientId = randomUUID();
    const mine = await asSecond.messages.send({ roomId, clientId, body: "ciao" });
    await say(asFirst, roomId, "otra vez");
    await asFirst.rooms.markRead({ roomId, seq: 2 });
    const before = await asSecond.rooms.get({ roomId });
    await leave(me);

    const peer = {
      id: me.user.id,
      username: `~${me.user.id}`,
      displayName: "Deleted account",
      pictureId: null,
      profileRev: 1,
      deleted: true,
    };
    const { lastMessage, lastActivityAt: _, ...kept } = before;
    expect(await asSecond.rooms.get({ roomId })).toEqual({
      ...kept,
      lastActivityAt: before.lastActivityAt,
      lastMessage: { ...lastMessage, author: peer },
      peer,
      presence: null,
    });
    const { items } = await asSecond.messages.list({ roomId });
    expect(items.map(({ author, body }) => [author.id, author.deleted, body])).toEqual([
      [me.user.id, true, "adiós"],
      [second.user.id, false, "ciao"],
      [me.user.id, true, "otra vez"],
    ]);
    const closed = refusal("ROOM_CLOSED");
    await expect(say(asSecond, roomId, "¿hola?")).rejects.toMatchObject(closed);
    await expect(asSecond.messages.edit({ roomId, seq: 2, body: "x" })).rejects.toMatchObject(closed);
    await expect(asSecond.messages.react({ roomId, seq: 1, emoji: "👍", on: true })).rejects.toMatchObject(
      closed,
    );
    const { id } = await receiveBytes(node, second.user, { roomId, name: "a", type: "" }, Buffer.from("a"));
    await expect(
      asSecond.messages.send({ roomId, clientId: randomUUID(), body: "", attachmentIds: [id] }),
    ).rejects.toMatchObject(closed);
    // What was stored before is answered as ever; what is one's own one may still delete.
    expect(await asSecond.messages.send({ roomId, clientId, body: "ciao" })).toEqual(mine);
    expect(await asSecond.messages.delete({ roomId, seq: 2 })).toMatchObject({ deletedAt: expect.any(Date) });
    expect(await asSecond.messages.hide({ roomId, seq: 1, on: true })).toMatchObject({ hidden: true });
  });

  it("keeps nobody waiting whom it had asked, and lets nobody answer a request of its own", async () => {
    const asked = await openRequest(node);
    await leave(asked.second);
    expect(await asked.asFirst.rooms.get({ roomId: asked.roomId })).toMatchObject({ request: null });
    const asking = await openRequest(node);
    await say(asking.asFirst, asking.roomId, "may I?");
    await leave(asking.first);
    const { roomId } = asking;
    await expect(say(asking.asSecond, roomId, "yes")).rejects.toMatchObject(refusal("ROOM_CLOSED"));
  });

  it("takes a 1:1 room along where the other has gone before", async () => {
    const { first, second, asFirst, roomId } = await openConversation(node);
    await say(asFirst, roomId, "hola");
    await leave(first);
    await leave(second);
    expect(await node.db.room.count({ where: { id: roomId } })).toBe(0);
    expect(await node.db.message.count({ where: { roomId } })).toBe(0);
  });
});

describe("the groups of a deleted account", () => {
  it("pass to who has been an admin for longest, or else a member, or else was asked; nobody's go", async () => {
    const me = await newcomer(node);
    const api = await callerFor(node, me);
    const [early, late, admin] = [await newcomer(node), await newcomer(node), await newcomer(node)];
    const join = async (roomId: string, member: Member): Promise<Caller> => {
      const asMember = await callerFor(node, member);
      const { token } = await api.groups.createInvite({ roomId });
      await asMember.groups.joinByInvite({ token });
      return asMember;
    };
    const open = async (title: string) => (await api.groups.create({ title, userIds: [] })).roomId;
    const withAdmin = await open("admin");
    const asEarly = await join(withAdmin, early);
    const asAdmin = await join(withAdmin, admin);
    await api.groups.setRole({ roomId: withAdmin, userId: admin.user.id, role: "admin" });
    const withMembers = await open("members");
    await join(withMembers, early);
    await join(withMembers, late);
    const { roomId: withInvited } = await api.groups.create({ title: "invited", userIds: [late.user.id] });
    const alone = await open("alone");
    const pictureId = await uploadPicture({ origin: server.origin, member: me });
    await api.groups.setPicture({ roomId: alone, pictureId });
    await leave(me);

    const ownersOf = async (viewer: Caller, roomId: string) =>
      (await viewer.groups.members({ roomId }))
        .filter(({ role }) => role === "owner")
        .map(({ user }) => user.id);
    expect(await ownersOf(asAdmin, withAdmin)).toEqual([admin.user.id]);
    expect(await ownersOf(asEarly, withMembers)).toEqual([early.user.id]);
    const asLate = await callerFor(node, late);
    expect(await ownersOf(asLate, withInvited)).toEqual([late.user.id]);
    expect(await node.db.room.count({ where: { id: alone } })).toBe(0);
    expect(await node.db.picture.findUnique({ where: { id: pictureId } })).toMatchObject({
      expiresAt: expect.any(Date),
    });
    const told = await noticesOf(asAdmin, withAdmin);
    expect(told.slice(-2)).toMatchObject([
      { by: me.user.id, type: "role", role: "owner", user: { id: admin.user.id } },
      { by: me.user.id, type: "left" },
    ]);
    expect(await asEarly.rooms.get({ roomId: withMembers })).toMatchObject({ role: "owner", memberCount: 2 });
  });

  it("are left without a word where it never took part", async () => {
    const { first: me } = await openConversation(node);
    const owner = await newcomer(node);
    const asOwner = await callerFor(node, owner);
    const { roomId } = await asOwner.groups.create({ title: "asked", userIds: [me.user.id] });
    await leave(me);
    expect((await noticesOf(asOwner, roomId)).map(({ type }) => type)).toEqual(["created", "added"]);
    expect(await asOwner.groups.members({ roomId })).toHaveLength(1);
  });
});

describe("what a deleted account wrote", () => {
  /** A group in which somebody who goes has written, and in which others have answered. */
  const openGroup = async () => {
    const [me, reader] = [await newcomer(node), await newcomer(node)];
    const [asMe, asReader] = [await callerFor(node, me), await callerFor(node, reader)];
    const { roomId } = await asReader.groups.create({ title: "Group", userIds: [me.user.id] });
    const form = { roomId, name: "a.txt", type: "" };
    const { id, url } = await receiveBytes(node, me.user, form, Buffer.from("a file"));
    await say(asMe, roomId, "first");
    await asMe.messages.send({ roomId, clientId: randomUUID(), body: "second", attachmentIds: [id] });
    await say(asReader, roomId, "an answer");
    await asMe.messages.react({ roomId, seq: 6, emoji: "👍", on: true });
    const fileStatus = async () => (await download({ origin: server.origin, member: reader }, url)).status;
    return { me, reader, asReader, roomId, fileStatus };
  };

  const plain = ({ items }: { items: Message[] }) =>
    items.filter(({ notice }) => !notice).map(({ body, deletedAt }) => (deletedAt ? null : body));

  it("stays for the others, by a deleted account, on screens that are open too", async () => {
    const { me, reader, asReader, roomId, fileStatus } = await openGroup();
    const state = await LiveState.open(other, reader);
    await state.agrees();
    await leave(me);
    await state.agrees();
    await state.close();
    const page = await asReader.messages.list({ roomId });
    expect(plain(page)).toEqual(["first", "second", "an answer"]);
    expect(page.items.find(({ body }) => body === "first")?.author).toMatchObject({ deleted: true });
    expect(await fileStatus()).toBe(200);
    expect(await asReader.rooms.get({ roomId })).toMatchObject({ unread: 0, memberCount: 1 });
  });

  it("goes with its files where that is wanted, in rooms that were left as well", async () => {
    const { me, reader, asReader, roomId, fileStatus } = await openGroup();
    const { asFirst, asSecond, first, ...left } = await openConversation(node);
    const asMe = await callerFor(node, me);
    const elsewhere = await asFirst.groups.create({ title: "Left", userIds: [me.user.id] });
    await say(asMe, elsewhere.roomId, "in passing");
    await asMe.groups.leave(elsewhere);
    await say(asSecond, left.roomId, "somebody else's");
    const state = await LiveState.open(other, reader);
    await leave(me, { eraseMessages: true });
    await vi.waitFor(async () => {
      expect(plain(await asReader.messages.list({ roomId }))).toEqual([null, null, "an answer"]);
      expect(plain(await asFirst.messages.list(elsewhere))).toEqual([null]);
      expect(await node.db.erasure.count({ where: { userId: me.user.id } })).toBe(0);
    }, 10_000);
    await state.agrees();
    await state.close();
    expect(await fileStatus()).toBe(404);
    expect(plain(await asSecond.messages.list({ roomId: left.roomId }))).toEqual(["somebody else's"]);
    expect((await asReader.messages.search({ query: "second" })).items).toEqual([]);
    expect(await node.db.message.count({ where: { authorId: me.user.id, NOT: { body: "" } } })).toBe(0);
  });

  it("goes though the node that was to see to it ends before it has begun", async () => {
    const { me, asReader, roomId } = await openGroup();
    const ending = await testRuntime();
    await ending.eraser.close();
    await (await callerFor(ending, me)).account.delete({ password: me.password, eraseMessages: true });
    await ending[Symbol.asyncDispose]();
    expect(await node.db.erasure.count({ where: { userId: me.user.id } })).toBe(1);
    other.eraser.wake();
    await vi.waitFor(async () =>
      expect(plain(await asReader.messages.list({ roomId }))).toEqual([null, null, "an answer"]),
    );
  });
});

it("whatever others do at the same moment, it is in no group, on no list and in no session afterwards", async () => {
  for (let round = 0; round < 5; round += 1) {
    const [me, friend] = [await newcomer(node), await newcomer(node)];
    const [asMe, asFriend] = [await callerFor(other, me), await callerFor(node, friend)];
    const mine = await asMe.groups.create({ title: "mine", userIds: [friend.user.id] });
    const theirs = await asFriend.groups.create({ title: "theirs", userIds: [] });
    const { token } = await asFriend.groups.createInvite(theirs);
    const outcomes = await Promise.allSettled([
      leave(me),
      asFriend.contacts.add({ userId: me.user.id }),
      asFriend.groups.addMembers({ ...theirs, userIds: [me.user.id] }),
      asFriend.groups.create({ title: "new", userIds: [me.user.id] }),
      asMe.groups.create({ title: "late", userIds: [friend.user.id] }),
      asMe.groups.joinByInvite({ token }),
      asMe.groups.rename({ ...mine, title: "renamed" }),
      say(asMe, mine.roomId, "at the last moment"),
      asMe.contacts.add({ userId: friend.user.id }),
      asMe.auth.updateProfile({ displayName: "Late" }),
      asMe.auth.changePassword({ currentPassword: me.password, newPassword: "another password" }),
    ]);
    const [deleted] = outcomes;
    if (deleted?.status === "rejected") {
      // The password was changed first: with the new one it goes.
      expect(deleted.reason).toMatchObject(refusal("WRONG_PASSWORD"));
      const again = await (await callerFor(node)).auth.grantTokens({
        username: me.user.username,
        password: "another password",
      });
      const body = { password: "another password" };
      const answer = await askRest(server.origin, "/account/deletion", {
        method: "POST",
        token: again.access_token,
        body,
      });
      expect(answer.status).toBe(204);
    }
    for (const outcome of outcomes.slice(1)) {
      if (outcome.status === "rejected")
        expect(outcome.reason).not.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    }
    const memberships = await node.db.membership.findMany({
      where: { userId: me.user.id },
      select: { room: { select: { kind: true, closedAt: true } } },
    });
    expect(memberships.filter(({ room }) => room.kind === "GROUP" || room.closedAt === null)).toEqual([]);
    expect(await node.db.contact.count({ where: { userId: me.user.id } })).toBe(0);
    expect(await node.db.session.count({ where: { userId: me.user.id } })).toBe(0);
    const row = await node.db.user.findUniqueOrThrow({ where: { id: me.user.id } });
    expect(row).toMatchObject({ displayName: "Deleted account", passwordHash: "" });
    const ownerless = await node.db.room.count({
      where: { kind: "GROUP", memberships: { some: {}, none: { role: "OWNER" } } },
    });
    expect(ownerless).toBe(0);
  }
});

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { Message } from "~/shared/messages";
import { type Caller, callerFor, type Member, member, newcomer } from "~/test/cast";
import { say } from "~/test/conversation";
import { refusal } from "~/test/refusal";
import { testRuntime } from "~/test/runtime";
import { listen, openClient, openSocketServer } from "~/test/socket";

let node: OwnedRuntime;
beforeAll(async () => {
  node = await testRuntime();
});
afterAll(() => node[Symbol.asyncDispose]());

interface Person extends Member {
  api: Caller;
}

const person = async (): Promise<Person> => {
  const one = await newcomer(node);
  return { ...one, api: await callerFor(node, one) };
};

/** An owner with a group and two people who know them; one of the two is an admin. */
const openGroup = async () => {
  const [owner, admin, plain] = await Promise.all([person(), person(), person()]);
  for (const friend of [admin, plain]) await friend.api.contacts.add({ userId: owner.user.id });
  const userIds = [admin.user.id, plain.user.id];
  const { roomId } = await owner.api.groups.create({ title: "Viaje a Mendoza", userIds });
  await owner.api.groups.setRole({ roomId, userId: admin.user.id, role: "admin" });
  return { owner, admin, plain, roomId };
};

const notices = async (reader: Person, roomId: string) =>
  (await reader.api.messages.list({ roomId })).items.flatMap(({ author, notice }) =>
    notice ? [{ by: author.id, ...notice }] : [],
  );

describe("groups.create", () => {
  it("opens a room for everybody at once, and says so in it", async () => {
    const { owner, admin, plain, roomId } = await openGroup();
    expect(await plain.api.rooms.get({ roomId })).toMatchObject({
      kind: "group",
      title: "Viaje a Mendoza",
      memberCount: 3,
      role: "member",
      peer: null,
      request: null,
      unread: 0,
    });
    expect(await notices(plain, roomId)).toMatchObject([
      { by: owner.user.id, type: "created", title: "Viaje a Mendoza" },
      { type: "added", users: expect.arrayContaining([admin.user, plain.user]) },
      { type: "role", user: admin.user, role: "admin" },
    ]);
    await say(owner.api, roomId, "hola a todos");
    expect(await plain.api.rooms.get({ roomId })).toMatchObject({ unread: 1 });
  });

  it("asks whom the owner does not know yet, and they answer by writing or leave without a word", async () => {
    const [owner, asked, other] = await Promise.all([person(), person(), person()]);
    const { roomId } = await owner.api.groups.create({
      title: "¿Vienen?",
      userIds: [asked.user.id, other.user.id],
    });
    expect(await asked.api.rooms.get({ roomId })).toMatchObject({ request: "incoming" });
    const before = await owner.api.groups.members({ roomId });
    expect(before.find(({ user }) => user.id === asked.user.id)).toMatchObject({
      accepted: false,
      presence: null,
      readSeq: null,
    });
    await say(asked.api, roomId, "¡voy!");
    expect(await asked.api.rooms.get({ roomId })).toMatchObject({ request: null });
    await other.api.groups.leave({ roomId });
    expect((await notices(owner, roomId)).map(({ by, type }) => [by, type])).toEqual([
      [owner.user.id, "created"],
      [owner.user.id, "added"],
      [asked.user.id, "joined"],
    ]);
    expect(await owner.api.rooms.get({ roomId })).toMatchObject({ memberCount: 2 });
    await expect(other.api.rooms.get({ roomId })).rejects.toMatchObject(refusal("ROOM_NOT_FOUND"));
  });

  it("refuses people who are not there to be found, and a title that is none", async () => {
    const [owner, blocker] = await Promise.all([person(), person()]);
    await blocker.api.contacts.block({ userId: owner.user.id });
    const create = (title: string, userIds: string[]) => owner.api.groups.create({ title, userIds });
    await expect(create("Con", [blocker.user.id])).rejects.toMatchObject(refusal("USER_NOT_FOUND"));
    await expect(create("Con", [crypto.randomUUID()])).rejects.toMatchObject(refusal("USER_NOT_FOUND"));
    await owner.api.contacts.block({ userId: blocker.user.id });
    await expect(create("Con", [blocker.user.id])).rejects.toMatchObject(refusal("BLOCKED_BY_YOU"));
    for (const title of ["", " ", "a".repeat(81), "dos\nlíneas"]) {
      await expect(create(title, [])).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    expect((await owner.api.rooms.list({})).items).toEqual([]);
  });
});

describe("the members of a group", () => {
  it("are changed by its admins, told to everybody, and lose sight of it at once", async () => {
    const { owner, admin, plain, roomId } = await openGroup();
    const late = await person();
    await admin.api.groups.addMembers({ roomId, userIds: [late.user.id, plain.user.id] });
    expect(await owner.api.groups.members({ roomId })).toHaveLength(4);

    await using server = await openSocketServer(node);
    await using client = openClient(server.url, plain);
    const heard = await listen<{ data: Message }>((handlers) =>
      client.api.messages.onMessage.subscribe({ roomId }, handlers),
    );
    await admin.api.groups.removeMember({ roomId, userId: plain.user.id });
    await vi.waitFor(() => expect(heard.errors).toEqual(["ROOM_NOT_FOUND"]));
    await expect(say(plain.api, roomId, "still here?")).rejects.toMatchObject(refusal("ROOM_NOT_FOUND"));
    expect((await notices(owner, roomId)).slice(-2)).toMatchObject([
      { by: admin.user.id, type: "added", users: [late.user] },
      { by: admin.user.id, type: "removed", user: plain.user },
    ]);
  });

  it("cannot do what is their admins' to do, nor admins what is the owner's", async () => {
    const { owner, admin, plain, roomId } = await openGroup();
    const notAllowed = refusal("NOT_ALLOWED");
    const userId = admin.user.id;
    await expect(plain.api.groups.rename({ roomId, title: "Mío" })).rejects.toMatchObject(notAllowed);
    await expect(plain.api.groups.addMembers({ roomId, userIds: [userId] })).rejects.toMatchObject(
      notAllowed,
    );
    await expect(plain.api.groups.removeMember({ roomId, userId })).rejects.toMatchObject(notAllowed);
    await expect(plain.api.groups.createInvite({ roomId })).rejects.toMatchObject(notAllowed);
    await expect(plain.api.groups.invites({ roomId })).rejects.toMatchObject(notAllowed);
    const role = "admin";
    await expect(admin.api.groups.setRole({ roomId, userId: plain.user.id, role })).rejects.toMatchObject(
      notAllowed,
    );
    await expect(admin.api.groups.removeMember({ roomId, userId: owner.user.id })).rejects.toMatchObject(
      notAllowed,
    );
    await expect(owner.api.groups.setRole({ roomId, userId: owner.user.id, role })).rejects.toMatchObject(
      notAllowed,
    );
  });

  it("are nobody's to see or change from outside, nor are those of a 1:1 room a group", async () => {
    const { owner, plain, roomId } = await openGroup();
    const olga = await callerFor(node, await member(node, "olga"));
    const missing = refusal("ROOM_NOT_FOUND");
    await expect(olga.groups.members({ roomId })).rejects.toMatchObject(missing);
    await expect(olga.groups.rename({ roomId, title: "Nuestro" })).rejects.toMatchObject(missing);
    await expect(olga.groups.addMembers({ roomId, userIds: [plain.user.id] })).rejects.toMatchObject(missing);
    await expect(olga.groups.removeMember({ roomId, userId: plain.user.id })).rejects.toMatchObject(missing);
    await expect(olga.groups.leave({ roomId })).rejects.toMatchObject(missing);
    const direct = await owner.api.contacts.add({ userId: plain.user.id });
    await expect(owner.api.groups.rename({ roomId: direct.roomId, title: "Dos" })).rejects.toMatchObject(
      missing,
    );
    await expect(owner.api.groups.leave({ roomId: direct.roomId })).rejects.toMatchObject(missing);
    const nobody = await callerFor(node);
    await expect(nobody.groups.members({ roomId })).rejects.toMatchObject(refusal("NOT_SIGNED_IN"));
    await expect(
      owner.api.groups.removeMember({ roomId, userId: crypto.randomUUID() }),
    ).rejects.toMatchObject(refusal("MEMBER_NOT_FOUND"));
  });

  it("always have an owner: the last to be it hands over before leaving", async () => {
    const { owner, admin, plain, roomId } = await openGroup();
    await expect(owner.api.groups.leave({ roomId })).rejects.toMatchObject(refusal("OWNER_MUST_HAND_OVER"));
    await owner.api.groups.setRole({ roomId, userId: plain.user.id, role: "owner" });
    expect(await owner.api.rooms.get({ roomId })).toMatchObject({ role: "admin" });
    expect(await plain.api.rooms.get({ roomId })).toMatchObject({ role: "owner" });
    await owner.api.groups.leave({ roomId });
    await admin.api.groups.leave({ roomId });
    await plain.api.groups.leave({ roomId });
    expect(await node.db.room.findUnique({ where: { id: roomId } })).toBeNull();
  });

  it("see each other's presence and reading", async () => {
    const { owner, plain, roomId } = await openGroup();
    const { seq } = await say(owner.api, roomId, "léanme");
    await plain.api.rooms.markRead({ roomId, seq });
    const leave = node.presence.arrive(plain.user.id);
    const members = await owner.api.groups.members({ roomId });
    expect(members.find(({ user }) => user.id === plain.user.id)).toMatchObject({
      presence: { online: true },
      readSeq: seq,
    });
    leave();
  });

  it("may be renamed to nothing new without a word", async () => {
    const { admin, roomId } = await openGroup();
    await admin.api.groups.rename({ roomId, title: "Mendoza 2027" });
    await admin.api.groups.rename({ roomId, title: "Mendoza 2027" });
    expect(await admin.api.rooms.get({ roomId })).toMatchObject({ title: "Mendoza 2027" });
    expect((await notices(admin, roomId)).filter(({ type }) => type === "renamed")).toHaveLength(1);
  });

  it("have their messages deleted by an admin, and by no other", async () => {
    const { admin, plain, owner, roomId } = await openGroup();
    const place = (sent: Message) => ({ roomId, seq: sent.seq });
    const sent = await say(plain.api, roomId, "spam");
    expect(await admin.api.messages.delete(place(sent))).toMatchObject({ body: "", author: plain.user });
    const theirs = await say(owner.api, roomId, "mine");
    await expect(plain.api.messages.delete(place(theirs))).rejects.toMatchObject(
      refusal("MESSAGE_NOT_FOUND"),
    );
  });
});

describe("an invite", () => {
  it("lets people in who have the link, up to its limit, and says so", async () => {
    const { admin, roomId } = await openGroup();
    const invite = await admin.api.groups.createInvite({ roomId, maxUses: 2, expiresInSeconds: 3600 });
    const guests = await Promise.all([person(), person(), person()]);
    const [first] = guests;
    expect(await first?.api.groups.previewInvite({ token: invite.token })).toEqual({
      title: "Viaje a Mendoza",
      pictureId: null,
      memberCount: 3,
      roomId: null,
    });
    const tries = await Promise.allSettled(
      guests.map(({ api }) => api.groups.joinByInvite({ token: invite.token })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(tries.find(({ status }) => status === "rejected")).toMatchObject({
      reason: refusal("INVITE_NOT_FOUND"),
    });
    expect(await admin.api.groups.members({ roomId })).toHaveLength(5);
    expect((await notices(admin, roomId)).filter(({ type }) => type === "joined")).toHaveLength(2);
    expect(await admin.api.groups.invites({ roomId })).toEqual([]);
  });

  it("is used up by nobody who is in already", async () => {
    const { admin, plain, roomId } = await openGroup();
    const { token } = await admin.api.groups.createInvite({ roomId, maxUses: 1 });
    expect(await plain.api.groups.joinByInvite({ token })).toEqual({ roomId });
    expect(await admin.api.groups.invites({ roomId })).toMatchObject([{ uses: 0 }]);
  });

  it("works no more once revoked or expired, and looks like one that never was", async () => {
    const { admin, roomId } = await openGroup();
    const guest = await person();
    const revoked = await admin.api.groups.createInvite({ roomId });
    await admin.api.groups.revokeInvite({ roomId, inviteId: revoked.id });
    const expired = await admin.api.groups.createInvite({ roomId, expiresInSeconds: 60 });
    await node.db.invite.update({ where: { id: expired.id }, data: { expiresAt: new Date() } });
    for (const token of [revoked.token, expired.token, "never-was"]) {
      await expect(guest.api.groups.previewInvite({ token })).rejects.toMatchObject(
        refusal("INVITE_NOT_FOUND"),
      );
      await expect(guest.api.groups.joinByInvite({ token })).rejects.toMatchObject(
        refusal("INVITE_NOT_FOUND"),
      );
    }
    await expect(admin.api.groups.revokeInvite({ roomId, inviteId: revoked.id })).rejects.toMatchObject(
      refusal("INVITE_NOT_FOUND"),
    );
  });
});

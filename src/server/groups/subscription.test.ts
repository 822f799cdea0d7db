import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OwnedRuntime } from "~/server/create-runtime";
import type { GroupMember, MembersEvent } from "~/shared/groups";
import { type Caller, callerFor, type Member, newcomer } from "~/test/cast";
import { testRuntime } from "~/test/runtime";
import {
  type Heard,
  listen,
  openClient,
  openSocketServer,
  type TestClient,
  type TestSocketServer,
} from "~/test/socket";

let node: OwnedRuntime;
let server: TestSocketServer;
beforeAll(async () => {
  node = await testRuntime();
  server = await openSocketServer(node);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await node[Symbol.asyncDispose]();
});

interface Person extends Member {
  api: Caller;
}

const person = async (): Promise<Person> => {
  const one = await newcomer(node);
  return { ...one, api: await callerFor(node, one) };
};

/** An owner's group with a member who takes part. */
const openGroup = async () => {
  const [owner, member] = await Promise.all([person(), person()]);
  await member.api.contacts.add({ userId: owner.user.id });
  const { roomId } = await owner.api.groups.create({ title: "Mate", userIds: [member.user.id] });
  return { owner, member, roomId };
};

/** Opens the stream and resolves once its first snapshot is there. */
const follow = async (client: TestClient, roomId: string): Promise<Heard<MembersEvent>> => {
  const heard = await listen<MembersEvent>((handlers) =>
    client.api.groups.onMembers.subscribe({ roomId }, handlers),
  );
  await vi.waitFor(() => expect(heard.data).not.toEqual([]));
  return heard;
};

/** Who is in the group, to a client that does nothing but apply the events. */
const stateOf = ({ data }: Heard<MembersEvent>): Map<string, GroupMember> => {
  const members = new Map<string, GroupMember>();
  for (const event of data) {
    if (event.type === "snapshot") {
      members.clear();
      for (const member of event.members) members.set(member.user.id, member);
      continue;
    }
    const member = members.get(event.userId) ?? expect.fail("presence of somebody unknown");
    members.set(event.userId, { ...member, presence: event.presence });
  }
  return members;
};

const presenceOf = (heard: Heard<MembersEvent>, { user }: Member) => stateOf(heard).get(user.id)?.presence;

/** A page of this person's, on any node. */
const openPage = async (at: TestSocketServer, member: Member): Promise<TestClient> => {
  const client = openClient(at.url, member);
  await listen((handlers) => client.api.rooms.onInbox.subscribe(undefined, handlers));
  return client;
};

describe("groups.onMembers", () => {
  it("opens with everybody, and tells who comes and goes, whichever node they are on", async () => {
    const { owner, member, roomId } = await openGroup();
    await using other = await testRuntime();
    await using elsewhere = await openSocketServer(other);
    await using client = openClient(server.url, owner);
    const heard = await follow(client, roomId);
    expect(heard.data).toMatchObject([
      {
        type: "snapshot",
        members: [
          { user: owner.user, role: "owner", presence: { online: true } },
          { user: member.user, role: "member", presence: { online: false } },
        ],
      },
    ]);
    for (const at of [server, elsewhere]) {
      const page = await openPage(at, member);
      await vi.waitFor(() => expect(presenceOf(heard, member)).toMatchObject({ online: true }));
      await page[Symbol.asyncDispose]();
      await vi.waitFor(() => expect(presenceOf(heard, member)).toMatchObject({ online: false }), 8_000);
    }
    // What changed, and nothing twice.
    const changes = heard.data.slice(1);
    expect(changes.map((event) => event.type === "presence" && event.userId)).toEqual(
      Array(4).fill(member.user.id),
    );
  });

  it("tells who is added, takes part, gets a role and leaves, even without a word", async () => {
    const { owner, member, roomId } = await openGroup();
    const [asked, shy] = await Promise.all([person(), person()]);
    await using client = openClient(server.url, member);
    const heard = await follow(client, roomId);
    const isNow = (someone: Member, state: object | undefined) =>
      vi.waitFor(() => {
        const shown = stateOf(heard).get(someone.user.id);
        if (state) expect(shown).toMatchObject(state);
        else expect(shown).toBeUndefined();
      });
    await owner.api.groups.addMembers({ roomId, userIds: [asked.user.id, shy.user.id] });
    await isNow(asked, { accepted: false, presence: null });
    await isNow(shy, { accepted: false, presence: null });
    await asked.api.contacts.accept({ roomId });
    await isNow(asked, { accepted: true, presence: { online: false } });
    await using page = await openPage(server, asked);
    await isNow(asked, { presence: { online: true } });
    await shy.api.groups.leave({ roomId });
    await isNow(shy, undefined);
    await owner.api.groups.setRole({ roomId, userId: asked.user.id, role: "admin" });
    await isNow(asked, { role: "admin" });
    await asked.api.groups.leave({ roomId });
    await isNow(asked, undefined);
    expect(page.connections()).toBe(1);
  });

  it("falls silent for somebody who is taken out, and refuses them from then on", async () => {
    const { owner, member, roomId } = await openGroup();
    await using client = openClient(server.url, member);
    await using own = openClient(server.url, owner);
    const [heard, owners] = [await follow(client, roomId), await follow(own, roomId)];
    await owner.api.groups.removeMember({ roomId, userId: member.user.id });
    await vi.waitFor(() => expect(heard.errors).toEqual(["ROOM_NOT_FOUND"]));
    const before = heard.data.length;
    const late = await person();
    await late.api.contacts.add({ userId: owner.user.id });
    await owner.api.groups.addMembers({ roomId, userIds: [late.user.id] });
    await using page = await openPage(server, late);
    await vi.waitFor(() => expect(presenceOf(owners, late)).toMatchObject({ online: true }));
    expect(heard.data).toHaveLength(before);
    const again = await listen<MembersEvent>((handlers) =>
      client.api.groups.onMembers.subscribe({ roomId }, handlers),
    );
    await vi.waitFor(() => expect(again).toMatchObject({ errors: ["ROOM_NOT_FOUND"], data: [] }));
    expect(page.connections()).toBe(1);
  });

  it("shows nobody who does not share it, to nobody who does not, and not across a block", async () => {
    const { owner, member, roomId } = await openGroup();
    await using client = openClient(server.url, owner);
    const heard = await follow(client, roomId);
    await using page = await openPage(server, member);
    const isSeen = (presence: object | null) =>
      vi.waitFor(() => expect(presenceOf(heard, member)).toEqual(presence));
    const here = { online: true, lastSeenAt: expect.any(Date) };
    await isSeen(here);
    for (const { api } of [member, owner]) {
      await api.auth.updatePrivacy({ sharesPresence: false });
      await isSeen(null);
      await api.auth.updatePrivacy({ sharesPresence: true });
      await isSeen(here);
    }
    await member.api.contacts.block({ userId: owner.user.id });
    await isSeen(null);
    // Not even that something happened: what comes next is what is asked for.
    const before = heard.data.length;
    await page[Symbol.asyncDispose]();
    await vi.waitFor(
      async () =>
        expect(await node.presence.of([member.user.id])).toEqual(
          new Map([[member.user.id, { online: false, lastSeenAt: expect.any(Date) }]]),
        ),
      8_000,
    );
    await owner.api.groups.addMembers({ roomId, userIds: [(await person()).user.id] });
    await vi.waitFor(() => expect(heard.data.slice(before)).toMatchObject([{ type: "snapshot" }]));
  });

  it("hides who shares no longer, though the announcement of it is lost", async () => {
    const { owner, member, roomId } = await openGroup();
    await using client = openClient(server.url, owner);
    const heard = await follow(client, roomId);
    const leave = node.presence.arrive(member.user.id);
    await vi.waitFor(() => expect(presenceOf(heard, member)).toMatchObject({ online: true }));
    await node.db.user.update({ where: { id: member.user.id }, data: { sharesPresence: false } });
    leave();
    await vi.waitFor(() => expect(presenceOf(heard, member)).toBeNull(), 8_000);
  });

  it("asks once for everybody who hears it, and for nobody once they are gone", async () => {
    const { owner, member, roomId } = await openGroup();
    const clients = Array.from({ length: 10 }, () => openClient(server.url, owner));
    const heard = await Promise.all(clients.map((client) => follow(client, roomId)));
    const online = vi.spyOn(node.backplane.presence, "online");
    const leave = node.presence.arrive(member.user.id);
    for (const each of heard) {
      await vi.waitFor(() => expect(presenceOf(each, member)).toMatchObject({ online: true }));
    }
    const asked = () => online.mock.calls.filter(([ids]) => ids.length === 1 && ids[0] === member.user.id);
    expect(asked()).toHaveLength(1);
    for (const client of clients) await client[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
    leave();
    const others = await openGroup();
    await using client = openClient(server.url, others.owner);
    const another = await follow(client, others.roomId);
    online.mockClear();
    await using other = await testRuntime();
    for (const { user } of [member, others.member]) other.presence.arrive(user.id);
    await vi.waitFor(() => expect(presenceOf(another, others.member)).toMatchObject({ online: true }));
    expect(asked()).toEqual([]);
    online.mockRestore();
  });

  it("heals by itself after a cut", async () => {
    const { owner, member, roomId } = await openGroup();
    await using client = openClient(server.url, owner);
    const heard = await follow(client, roomId);
    server.cut();
    const leave = node.presence.arrive(member.user.id);
    await vi.waitFor(() => expect(presenceOf(heard, member)).toMatchObject({ online: true }));
    expect(heard.errors).toEqual([]);
    leave();
  });
});

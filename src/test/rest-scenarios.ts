import { randomUUID } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { type Member, newcomer, tokenOf } from "./cast";
import { openConversation, openRequest, say } from "./conversation";
import type { RestRequest } from "./rest";
import { authScenarios } from "./rest-auth-scenarios";
import { fileScenarios } from "./rest-file-scenarios";
import { groupScenarios } from "./rest-group-scenarios";

/** What an operation is sent. */
export interface Sent extends Pick<RestRequest, "body" | "headers"> {
  path?: Record<string, string>;
  query?: string;
  /** Null: none. Left out: mine. */
  token?: string | null;
}

/** Where requests go, and who sends them. */
export interface World {
  node: Runtime;
  origin: string;
  me: Member;
  /** My access token. */
  token: string;
}

/** Makes a request that brings something about. */
export type Make = (world: World) => Sent | Promise<Sent>;

const nobody = () => randomUUID();
const unused = () => `u-${randomUUID().slice(0, 8)}`;

/** A room with one message of mine in it. */
const myRoom = async ({ node }: World) => {
  const talk = await openConversation(node);
  await say(talk.asFirst, talk.roomId, "mine");
  await say(talk.asSecond, talk.roomId, "theirs");
  return { ...talk, ...(await tokenOf(node, talk.first)) };
};

/** In a room of mine: a request about message `seq`. */
const about =
  (seq: number, body?: unknown): Make =>
  async (world) => {
    const { token, roomId } = await myRoom(world);
    return { token, path: { roomId, seq: String(seq) }, body };
  };

/** In a room of somebody whom I have blocked. */
const afterBlocking =
  (body: unknown): Make =>
  async (world) => {
    const { token, roomId, asFirst, second } = await myRoom(world);
    await asFirst.contacts.block({ userId: second.user.id });
    return { token, path: { roomId, seq: "1" }, body };
  };

const elsewhere =
  (body?: unknown): Make =>
  () => ({ path: { roomId: nobody(), seq: "1" }, body });
const noRoom =
  (body?: unknown): Make =>
  () => ({ path: { roomId: "general", seq: "1" }, body });
const text = { body: "hola" };
const differentEmoji = "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙🥲😚🙂".match(/\p{RGI_Emoji}/gv) ?? [];
const reaction = { emoji: "👍", on: true };

/** By operation, by what comes of it: a request that brings it about. `ok` is the good answer. */
export const scenarios: Record<string, Record<string, Make>> = {
  ...groupScenarios,
  ...authScenarios,
  ...fileScenarios,
  searchUsers: { ok: () => ({ query: "?query=a&limit=3" }), INVALID_INPUT: () => ({ query: "?limit=3" }) },
  listContacts: { ok: () => ({}) },
  addContact: {
    ok: async ({ node }) => ({ body: { username: (await newcomer(node)).user.username } }),
    INVALID_INPUT: () => ({ body: {} }),
    USER_NOT_FOUND: () => ({ body: { username: unused() } }),
    CANNOT_ADD_YOURSELF: ({ me }) => ({ body: { userId: me.user.id } }),
    BLOCKED_BY_YOU: async (world) => {
      const { token, asFirst, second } = await myRoom(world);
      await asFirst.contacts.block({ userId: second.user.id });
      return { token, body: { userId: second.user.id } };
    },
  },
  removeContact: {
    ok: async (world) => {
      const { token, asFirst } = await myRoom(world);
      return { token, path: { contactId: (await asFirst.contacts.list()).items[0]?.id ?? "" } };
    },
    INVALID_INPUT: () => ({ path: { contactId: "bruno" } }),
    CONTACT_NOT_FOUND: () => ({ path: { contactId: nobody() } }),
  },
  listBlocked: { ok: () => ({}) },
  block: {
    ok: async ({ node }) => ({ path: { userId: (await newcomer(node)).user.id } }),
    INVALID_INPUT: () => ({ path: { userId: "bruno" } }),
    USER_NOT_FOUND: () => ({ path: { userId: nobody() } }),
  },
  unblock: {
    ok: () => ({ path: { userId: nobody() } }),
    INVALID_INPUT: () => ({ path: { userId: "bruno" } }),
  },
  listRooms: {
    ok: async (world) => ({ token: (await myRoom(world)).token, query: "?limit=1" }),
    INVALID_INPUT: () => ({ query: "?cursor=yesterday" }),
  },
  getRoom: { ok: about(0), INVALID_INPUT: noRoom(), ROOM_NOT_FOUND: elsewhere() },
  markRead: {
    ok: about(0, { seq: 1 }),
    INVALID_INPUT: about(0, { seq: "all" }),
    ROOM_NOT_FOUND: elsewhere({ seq: 1 }),
  },
  markUnread: {
    ok: about(0, {}),
    INVALID_INPUT: about(0, { seq: 0 }),
    ROOM_NOT_FOUND: elsewhere({}),
    MESSAGE_NOT_FOUND: about(0, { seq: 1 }),
  },
  muteRoom: {
    ok: about(0, { until: "2031-01-01T00:00:00Z" }),
    INVALID_INPUT: about(0, { until: "later" }),
    ROOM_NOT_FOUND: elsewhere({ until: null }),
  },
  doNotDisturb: { ok: () => ({}) },
  setDoNotDisturb: {
    ok: () => ({ body: { until: null } }),
    INVALID_INPUT: () => ({ body: { until: "10000-01-01T00:00:00Z" } }),
  },
  acceptRequest: {
    ok: async ({ node }) => {
      const { asFirst, second, roomId } = await openRequest(node);
      await say(asFirst, roomId, "may I?");
      return { token: (await tokenOf(node, second)).token, path: { roomId } };
    },
    INVALID_INPUT: noRoom(),
    ROOM_NOT_FOUND: elsewhere(),
  },
  listMessages: {
    ok: about(0),
    INVALID_INPUT: async (world) => ({ ...(await about(0)(world)), query: "?limit=many" }),
    ROOM_NOT_FOUND: elsewhere(),
  },
  searchMessages: {
    ok: async (world) => ({
      token: (await myRoom(world)).token,
      query: "?query=mine&sentAfter=2026-01-01T00:00:00Z",
    }),
    INVALID_INPUT: () => ({ query: "?query=mine&sentBefore=yesterday" }),
  },
  sendMessage: {
    ok: about(0, text),
    INVALID_INPUT: about(0, { body: " " }),
    ROOM_NOT_FOUND: elsewhere(text),
    MESSAGE_NOT_FOUND: about(0, { ...text, replyToSeq: 99 }),
    ATTACHMENT_NOT_FOUND: about(0, { ...text, attachmentIds: [nobody()] }),
    BLOCKED_BY_YOU: afterBlocking(text),
    CLIENT_ID_REUSED: async (world) => {
      const { token, roomId, asFirst } = await myRoom(world);
      const clientId = randomUUID();
      await asFirst.messages.send({ roomId, clientId, body: "the first" });
      return { token, path: { roomId }, body: { clientId, body: "another" } };
    },
  },
  editMessage: {
    ok: about(1, text),
    INVALID_INPUT: about(1, {}),
    ROOM_NOT_FOUND: elsewhere(text),
    MESSAGE_NOT_FOUND: about(2, text),
    BLOCKED_BY_YOU: afterBlocking(text),
    EDIT_WINDOW_CLOSED: async (world) => {
      const sent = await about(1, text)(world);
      const long = new Date(Date.now() - 24 * 60 * 60 * 1000);
      const where = { roomId: sent.path?.["roomId"] ?? "" };
      await world.node.db.message.updateMany({ where, data: { createdAt: long } });
      return sent;
    },
  },
  deleteMessage: {
    ok: about(1),
    INVALID_INPUT: noRoom(),
    ROOM_NOT_FOUND: elsewhere(),
    MESSAGE_NOT_FOUND: about(2),
  },
  hideMessage: {
    ok: about(2, { on: true }),
    INVALID_INPUT: about(2, {}),
    ROOM_NOT_FOUND: elsewhere({ on: true }),
    MESSAGE_NOT_FOUND: about(99, { on: true }),
  },
  react: {
    ok: about(2, reaction),
    INVALID_INPUT: about(2, { emoji: "like", on: true }),
    ROOM_NOT_FOUND: elsewhere(reaction),
    MESSAGE_NOT_FOUND: about(99, reaction),
    BLOCKED_BY_YOU: afterBlocking(reaction),
    TOO_MANY_REACTIONS: async (world) => {
      const { token, roomId, asFirst } = await myRoom(world);
      for (const emoji of differentEmoji) {
        await asFirst.messages.react({ roomId, seq: 2, emoji, on: true });
      }
      return { token, path: { roomId, seq: "2" }, body: reaction };
    },
  },
};

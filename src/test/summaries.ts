import type { Message } from "~/shared/messages";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";

/** A person as a client receives them: `aUser("ada")` is called Ada. */
export const aUser = (id: string, changes: Partial<User> = {}): User => ({
  id,
  username: id,
  displayName: `${id[0]?.toUpperCase()}${id.slice(1)}`,
  pictureId: null,
  profileRev: 0,
  deleted: false,
  ...changes,
});

export const somebody: User = aUser("ada");

/** A plain message as a client receives it. */
export const aMessage = (changes: Partial<Message> = {}): Message => ({
  id: "message",
  roomId: "room",
  seq: 1,
  rev: 1,
  clientId: "client",
  author: somebody,
  body: "hola",
  replyToSeq: null,
  reactions: [],
  attachments: [],
  notice: null,
  createdAt: new Date(0),
  editedAt: null,
  deletedAt: null,
  ...changes,
});

/** A 1:1 room as a client receives it. */
export const aRoom = (changes: Partial<RoomSummary> = {}): RoomSummary => ({
  id: "room",
  kind: "direct",
  title: null,
  pictureId: null,
  memberCount: 2,
  role: "member",
  peer: somebody,
  presence: null,
  lastSeq: 0,
  lastMessage: null,
  lastActivityAt: new Date(0),
  unread: 0,
  lastReadSeq: 0,
  request: null,
  blockedByMe: false,
  mutedUntil: null,
  receipts: null,
  ...changes,
});

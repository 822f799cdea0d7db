import { expect, test } from "vitest";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { aMessage, aRoom, aUser, somebody } from "~/test/summaries";
import { addRoomPage, applyInboxEvent, type Inbox } from "./inbox";
import { dropSilent, nextSilence } from "./writing";

const room = (id: string, minute: number, unread = 0): RoomSummary =>
  aRoom({ id, lastSeq: minute, lastActivityAt: new Date(Date.UTC(2026, 0, 1, 12, minute)), unread });

const inbox: Inbox = { rooms: [room("b", 2), room("a", 1)], nextCursor: null, writing: new Map() };
const ids = ({ rooms }: Inbox): string => rooms.map(({ id }) => id).join(" ");

test("a room with a new message moves to the top, once however often it comes", () => {
  const event = { type: "room", room: room("a", 3, 1) } as const;
  const once = applyInboxEvent(inbox, event, 0);
  expect(ids(once)).toBe("a b");
  expect(applyInboxEvent(once, event, 0)).toEqual(once);
});

test("a room that is no longer mine goes; one that nobody knew changes nothing", () => {
  expect(ids(applyInboxEvent(inbox, { type: "gone", roomId: "b" }, 0))).toBe("a");
  expect(ids(applyInboxEvent(inbox, { type: "gone", roomId: "x" }, 0))).toBe("b a");
});

test("a snapshot replaces everything", () => {
  const snapshot = applyInboxEvent(inbox, { type: "snapshot", rooms: [room("c", 9)], nextCursor: null }, 0);
  expect(ids(snapshot)).toBe("c");
});

test("an older page is added below, and does not undo what is newer", () => {
  const page = { items: [room("b", 0, 7), room("z", 0)], nextCursor: null };
  const added = addRoomPage(inbox, page);
  expect(ids(added)).toBe("b a z");
  expect(added.rooms[0]?.unread).toBe(0);
});

const ada = somebody;
const bob = aUser("bob");
const typing = (user: User) => ({ type: "typing", roomId: "a", user }) as const;
const writers = ({ writing }: Inbox): string[] => (writing.get("a") ?? []).map(({ user }) => user.id);

test("somebody who writes is told so once, and until nothing more is heard of it", () => {
  const first = applyInboxEvent(inbox, typing(ada), 1_000);
  const both = applyInboxEvent(applyInboxEvent(first, typing(bob), 2_000), typing(ada), 4_000);
  expect(writers(both)).toEqual(["bob", "ada"]);
  expect(nextSilence(both.writing)).toBe(8_000);
  const later = { ...both, writing: dropSilent(both.writing, 8_000) };
  expect(writers(later)).toEqual(["ada"]);
  expect(nextSilence(dropSilent(later.writing, 10_000))).toBeUndefined();
});

test("a new message ends its author's writing; a change of an old one ends nobody's", () => {
  const both = applyInboxEvent(applyInboxEvent(inbox, typing(ada), 0), typing(bob), 0);
  const said = { ...room("a", 3), lastMessage: aMessage({ author: ada }) };
  const after = applyInboxEvent(both, { type: "room", room: said }, 0);
  expect(writers(after)).toEqual(["bob"]);
  const again = applyInboxEvent(after, typing(ada), 0);
  expect(writers(applyInboxEvent(again, { type: "room", room: said }, 0))).toEqual(["bob", "ada"]);
});

import { expect, test } from "vitest";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { aMessage, aRoom, somebody } from "~/test/summaries";
import { roomsThatCall } from "./rooms-that-call";

const now = new Date("2026-01-01T12:00:00Z");

/** A room whose last message, Ada's, is its `seq`th, said that many minutes past eleven. */
const room = (id: string, seq: number, changes: Partial<RoomSummary> = {}): RoomSummary =>
  aRoom({
    id,
    lastSeq: seq,
    lastMessage: aMessage({ seq, author: somebody }),
    lastActivityAt: new Date(Date.UTC(2026, 0, 1, 11, seq)),
    unread: 1,
    ...changes,
  });

const me: User = { ...somebody, id: "me", username: "grace" };
const calling = (before: RoomSummary[], after: RoomSummary[], who = me): string[] =>
  roomsThatCall(before, after, who, now).map(({ id }) => id);

test("a room calls when somebody else has written, once", () => {
  expect(calling([room("a", 1)], [room("a", 2)])).toEqual(["a"]);
  expect(calling([room("a", 2)], [room("a", 2)])).toEqual([]);
  expect(calling([room("a", 1)], [room("a", 2)], somebody)).toEqual([]);
});

const later = new Date(now.getTime() + 1);

test("nothing calls that was read elsewhere or is muted, until the mute ends", () => {
  for (const quiet of [{ unread: 0 }, { mutedUntil: later }]) {
    expect(calling([room("a", 1)], [room("a", 2, quiet)])).toEqual([]);
  }
  expect(calling([room("a", 1)], [room("a", 2, { mutedUntil: now })])).toEqual(["a"]);
});

test("a muted group calls for a mention, and only for one's own", () => {
  const saying = (body: string, kind: RoomSummary["kind"] = "group") =>
    room("a", 2, { kind, mutedUntil: later, lastMessage: aMessage({ seq: 2, author: somebody, body }) });
  expect(calling([room("a", 1)], [saying("and you, @Grace?")])).toEqual(["a"]);
  expect(calling([room("a", 1)], [saying("grace@example.org, @gracie")])).toEqual([]);
  expect(calling([room("a", 1)], [saying("and you, @grace?", "direct")])).toEqual([]);
});

test("a request calls with its first message, and a group's not at all", () => {
  const request = "incoming" as const;
  expect(calling([], [room("a", 1, { request })])).toEqual(["a"]);
  expect(calling([room("a", 1)], [room("a", 2, { request })])).toEqual([]);
  expect(calling([], [room("a", 1, { request, kind: "group" })])).toEqual([]);
});

test("a room that comes up from further down the list calls only if it is the newest", () => {
  expect(calling([room("a", 5)], [room("a", 5), room("old", 3)])).toEqual([]);
  expect(calling([room("a", 5)], [room("new", 6), room("a", 5)])).toEqual(["new"]);
});

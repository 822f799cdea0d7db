import { describe, expect, it } from "vitest";
import type { Message } from "~/shared/messages";
import type { User } from "~/shared/users";
import { aUser } from "~/test/summaries";
import type { TimelineWindow } from "../conversation/room-timeline";
import type { Outgoing } from "../outbox/outbox";
import { buildRows, type Row } from "./rows";

const roomId = "0197aaaa-0000-7000-8000-0000000000ff";
const ada = aUser("ada");
const leo = aUser("leo");

const message = (seq: number, author: User, minutes: number): Message => ({
  id: `id-${seq}`,
  clientId: `client-${seq}`,
  roomId,
  seq,
  rev: seq,
  author,
  body: `message ${seq}`,
  createdAt: new Date(2026, 0, 1, 12, minutes),
  editedAt: null,
  deletedAt: null,
  replyToSeq: null,
  reactions: [],
  attachments: [],
  notice: null,
});

const outgoing = (clientId: string): Outgoing => ({
  clientId,
  roomId,
  body: "on its way",
  createdAt: new Date(2026, 0, 1, 13),
  state: "waiting",
  reason: null,
  message: null,
});

const windowOf = (messages: Message[], edges: Partial<TimelineWindow> = {}): TimelineWindow => ({
  messages,
  olderBefore: null,
  newerAfter: null,
  ...edges,
});

const rowsOf = (window: TimelineWindow, scene: Partial<Parameters<typeof buildRows>[0]> = {}): Row[] =>
  buildRows({ window, outgoing: [], receipts: null, me: ada, unreadAfter: null, ...scene });

const talk = [
  message(1, leo, 0),
  message(2, leo, 1),
  message(3, ada, 2),
  message(4, leo, 3),
  message(5, leo, 20),
  message(6, leo, 24 * 60),
];

describe("buildRows", () => {
  it("groups what one author wrote in a row, within a day and without a long break", () => {
    const marks = rowsOf(windowOf(talk)).map(
      (row) =>
        `${row.opensDay ? "day " : ""}${row.opensGroup ? "(" : ""}${row.seq}${row.closesGroup ? ")" : ""}`,
    );
    expect(marks).toEqual(["day (1", "2)", "(3)", "(4)", "(5)", "day (6)"]);
  });

  it("begins a group at the first unread message of somebody else", () => {
    const rows = rowsOf(windowOf(talk), { unreadAfter: 1 });
    expect(rows.filter((row) => row.opensUnread).map((row) => row.seq)).toEqual([2]);
    expect(rows[0]?.closesGroup).toBe(true);
    expect(rows[1]?.opensGroup).toBe(true);
    expect(rowsOf(windowOf(talk), { unreadAfter: 2 }).find((row) => row.opensUnread)?.seq).toBe(4);
    expect(rowsOf(windowOf(talk), { unreadAfter: 0 }).some((row) => row.opensUnread)).toBe(false);
    const later = windowOf(talk.slice(2), { olderBefore: 3 });
    expect(rowsOf(later, { unreadAfter: 1 }).some((row) => row.opensUnread)).toBe(false);
  });

  it("draws a row alike before and after the page that comes before it", () => {
    const before = rowsOf(windowOf(talk.slice(1), { olderBefore: 2 }), { unreadAfter: 3 });
    const after = rowsOf(windowOf(talk), { unreadAfter: 3 });
    expect(before).toEqual(after.slice(-before.length));
  });

  it("puts what is on its way at the end, and each message there once", () => {
    const entries = [outgoing("client-3"), outgoing("client-new")];
    const rows = rowsOf(windowOf(talk), { outgoing: entries });
    expect(rows.map((row) => row.key)).toEqual([
      ...["id-1", "id-2", "client-3", "id-4", "id-5", "id-6"],
      "client-new",
    ]);
    expect(rowsOf(windowOf(talk, { newerAfter: 6 }), { outgoing: entries })).toHaveLength(talk.length);
  });

  it("lets a notice stand by itself between two groups", () => {
    const notice = { ...message(2, leo, 1), body: "", notice: { type: "joined" as const } };
    const rows = rowsOf(windowOf([message(1, leo, 0), notice, message(3, leo, 2)]));
    expect(rows.map(({ opensGroup, closesGroup }) => [opensGroup, closesGroup])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it("knows what a message answers before it has arrived", () => {
    const arrived = { ...message(2, leo, 1), replyToSeq: 1 };
    const rows = rowsOf(windowOf([message(1, leo, 0), arrived]), {
      outgoing: [{ ...outgoing("client-new"), replyToSeq: 2 }, outgoing("client-plain")],
    });
    expect(rows.map(({ replyToSeq }) => replyToSeq)).toEqual([null, 1, 2, null]);
  });

  it("tells how far one's own messages have come", () => {
    const mine = [message(1, ada, 0), message(2, ada, 1), message(3, ada, 2), message(4, leo, 3)];
    const delivery = (receipts: { deliveredSeq: number; readSeq: number } | null) =>
      rowsOf(windowOf(mine), { receipts }).map((row) => row.delivery);
    expect(delivery({ deliveredSeq: 2, readSeq: 1 })).toEqual(["read", "delivered", "sent", null]);
    expect(delivery(null)).toEqual(["sent", "sent", "sent", null]);
  });
});

import type { InboxEvent, RoomCursor, RoomSummary } from "~/shared/rooms";
import { addWriter, dropWriter, type Writing } from "./writing";

/** The rooms this page knows, the most recently active first, and where the rest begins. */
export interface Inbox {
  rooms: readonly RoomSummary[];
  nextCursor: RoomCursor | null;
  writing: Writing;
}

const newestFirst = (a: RoomSummary, b: RoomSummary): number =>
  b.lastActivityAt.getTime() - a.lastActivityAt.getTime() || (a.id < b.id ? 1 : -1);

const without = (rooms: readonly RoomSummary[], ids: ReadonlySet<string>): RoomSummary[] =>
  rooms.filter((room) => !ids.has(room.id));

/** Who writes no more, now that there is a message past those that were known. */
const withoutAuthor = ({ rooms, writing }: Inbox, { id, lastSeq, lastMessage }: RoomSummary): Writing => {
  const before = rooms.find((room) => room.id === id)?.lastSeq ?? 0;
  return lastMessage && lastSeq > before ? dropWriter(writing, id, lastMessage.author.id) : writing;
};

/**
 * Every event but `typing` is state, not a difference, so applying one twice or missing a superseded one is harmless.
 * @param now milliseconds of this browser's clock
 */
export const applyInboxEvent = (inbox: Inbox, event: InboxEvent, now: number): Inbox => {
  switch (event.type) {
    case "snapshot":
      return { ...inbox, rooms: event.rooms, nextCursor: event.nextCursor };
    case "room":
      return {
        ...inbox,
        rooms: [...without(inbox.rooms, new Set([event.room.id])), event.room].sort(newestFirst),
        writing: withoutAuthor(inbox, event.room),
      };
    case "gone":
      return { ...inbox, rooms: without(inbox.rooms, new Set([event.roomId])) };
    case "profile":
      return inbox; // whoever changed, all that is on show is refreshed: see `Profiles`
    case "typing":
      return { ...inbox, writing: addWriter(inbox.writing, event.roomId, event.user, now) };
  }
};

/** Adds an older page; what is known already is newer than the page and stays. */
export const addRoomPage = (
  inbox: Inbox,
  page: { items: readonly RoomSummary[]; nextCursor: RoomCursor | null },
): Inbox => {
  const known = new Set(inbox.rooms.map((room) => room.id));
  return {
    ...inbox,
    rooms: [...inbox.rooms, ...without(page.items, known)].sort(newestFirst),
    nextCursor: page.nextCursor,
  };
};

import { mentionedIn } from "~/shared/mentions";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";

/**
 * Whether the last message may call for this person's attention. The server has the same rules for pushes (`called.ts` in
 * src/server/notifications). A muted room calls for a mention alone. A request calls once: with the first message of a 1:1 room.
 */
const mayCall = (
  { kind, lastMessage, unread, request, mutedUntil }: RoomSummary,
  me: User,
  now: Date,
): boolean => {
  if (!lastMessage || lastMessage.author.id === me.id || lastMessage.notice || lastMessage.deletedAt) {
    return false;
  }
  if (unread === 0) return false;
  if (request === "incoming" && (kind === "group" || lastMessage.seq > 1)) return false;
  const isMuted = mutedUntil !== null && mutedUntil > now;
  return !isMuted || (kind === "group" && mentionedIn(lastMessage.body).includes(me.username));
};

/** The rooms in which somebody has written to me between two states of the list. */
export const roomsThatCall = (
  before: readonly RoomSummary[],
  after: readonly RoomSummary[],
  me: User,
  now: Date,
): RoomSummary[] => {
  const known = new Map(before.map(({ id, lastSeq }) => [id, lastSeq]));
  const newest = before.reduce((latest, room) => Math.max(latest, room.lastActivityAt.getTime()), 0);
  return after.filter((room) => {
    if (!mayCall(room, me, now)) return false;
    const seq = known.get(room.id);
    // A room that was not known may be an old one, from further down the list.
    return seq === undefined ? room.lastActivityAt.getTime() > newest : room.lastSeq > seq;
  });
};

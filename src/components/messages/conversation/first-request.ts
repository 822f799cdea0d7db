import type { RoomSummary } from "~/shared/rooms";
import type { PageRequest, RoomTimeline } from "./room-timeline";

/** How far a room goes, and how far one has read in it. */
export type ReadPosition = Pick<RoomSummary, "lastSeq" | "lastReadSeq" | "unread">;

/** What is read before the first unread message, or one that is looked up, so that one knows where one is. */
const contextSize = 25;
/** Coming back to a room that is further behind than this, a fresh start is quicker than catching up. */
const catchUpLimit = 100;

/** The page that has a message with what was said before it. */
export const around = (seq: number): PageRequest => ({ after: Math.max(0, seq - 1 - contextSize) });

/** Whether what is known of a room is of no use for showing it at `at`, or at its end. */
export const isStale = (known: RoomTimeline, { lastSeq }: ReadPosition, at: number | null): boolean =>
  lastSeq - known.lastSeq > catchUpLimit ||
  known.window.newerAfter !== null ||
  (at !== null && !known.shows(at));

/** The page that a room opens with: around the message `at`, or where one left off. */
export const firstRequest = (
  { lastSeq, lastReadSeq, unread }: ReadPosition,
  at: number | null,
): PageRequest => {
  if (at !== null) return around(at);
  // The newest page holds a few unread messages and what was read before them.
  if (unread === 0 || lastSeq - lastReadSeq <= contextSize) return {};
  return around(lastReadSeq + 1);
};

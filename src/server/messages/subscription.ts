import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { z } from "zod";
import { type Change, isVisible } from "~/server/realtime/events";
import { whileAllowed } from "~/server/realtime/guard";
import { Live, type Sink } from "~/server/realtime/live";
import { memoized } from "~/server/realtime/memoized";
import { untilAvailable } from "~/server/realtime/retry";
import { requireMembership } from "~/server/rooms/access";
import type { SignedInContext } from "~/server/trpc/context";
import type { Message, onMessageInput } from "~/shared/messages";
import { withoutHidden } from "./hide";

type Event = TrackedEnvelope<Message>;

/** The same event, and the same array of events, for everybody who may see the changes. */
const toEvent = memoized(({ message }: Change): Event => tracked(String(message.rev), message));
const toEvents = memoized((changes: readonly Change[]): Event[] => changes.map(toEvent));

/** Lets through what is to be shown. */
const showing = (isShown: (change: Change) => boolean, sink: Sink<Event>): Sink<Change> => ({
  ...sink,
  take: (changes) => {
    const shown = changes.filter(isShown);
    if (shown.length > 0) sink.take(toEvents(shown.length === changes.length ? changes : shown));
  },
});

/**
 * The live changes of a room as `tracked(rev, message)`: tRPC's client sends the last id back after a reconnect, and the
 * stream goes on from there. Ends with an error within a second of the right to it ending.
 *
 * The cursor is fixed before this resolves, so that a client that was told "started" misses nothing from then on; what
 * needs to be closed again is opened only once the stream is read.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const streamMessages = async (
  context: SignedInContext,
  { roomId, lastEventId }: z.infer<typeof onMessageInput>,
  signal: AbortSignal | undefined,
): Promise<Live<Event>> => {
  const { runtime, user } = context;
  const stillAllowed = () => requireMembership(runtime.db, user.id, roomId);
  const { lastRev } = await untilAvailable(stillAllowed, signal);
  const cursor = lastEventId ? Number(lastEventId) : lastRev;
  const isNotHidden = await untilAvailable(() => withoutHidden(runtime, { userId: user.id, roomId }), signal);
  const isShown = (change: Change) => isVisible(change, user.id) && isNotHidden(change);
  return new Live<Event>(
    (sink, left) =>
      whileAllowed(context, left, stillAllowed, (allowed) =>
        runtime.feeds.follow(roomId, cursor, showing(isShown, sink), allowed),
      ),
    signal,
  );
};

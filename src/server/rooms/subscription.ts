import { isVisible, type RoomEvent } from "~/server/realtime/events";
import { whileAllowed } from "~/server/realtime/guard";
import { Live, type Sink } from "~/server/realtime/live";
import { untilAvailable } from "~/server/realtime/retry";
import { Signal } from "~/server/realtime/signal";
import type { SignedInContext } from "~/server/trpc/context";
import { type InboxEvent, roomPageSize } from "~/shared/rooms";
import { type OwnRoom, readRooms } from "./access";
import { listRooms } from "./service";

/** Whether what happened in a room changes how this person sees it. Nobody is to learn by a stir what they may not see. */
const concerns = (event: RoomEvent | null, userId: string, room: OwnRoom | undefined): boolean => {
  if (event === null) return true;
  if (event.type === "changes") return event.changes.some((change) => isVisible(change, userId));
  if (event.type === "delivered") return event.userId === userId || room?.seesDelivery === true;
  if (event.type === "read") return event.userId === userId || room?.seesReading === true;
  if (event.type === "settings") return event.userId === userId;
  // The list says nothing of them; of a 1:1 room the account tells what there is to tell.
  if (event.type === "members") return false;
  return event.user.id !== userId && room?.seesPresence === true;
};

/** The live inbox: a snapshot first and whenever this person's rights change, then each room that changed. */
export const streamInbox = (
  context: SignedInContext,
  clientSignal: AbortSignal | undefined,
): Live<InboxEvent> =>
  new Live(
    (sink, left) =>
      whileAllowed(
        context,
        left,
        async () => {},
        (allowed) => tellRooms(context, sink, allowed),
      ),
    clientSignal,
  );

const tellRooms = async (
  { runtime, user }: SignedInContext,
  sink: Sink<InboxEvent>,
  signal: AbortSignal,
): Promise<void> => {
  const { accounts, inboxes } = runtime;
  const awake = new Signal();
  /** The latest of each room: a slow reader is told less often, not later. */
  let pending = new Map<string, InboxEvent>();
  let isStale = true;
  let stopRooms = () => {};
  const tell = (key: string, event: InboxEvent) => {
    pending.set(key, event);
    awake.raise();
  };
  const stopInbox = inboxes.listen(user.id, (event) =>
    tell(event.type === "room" ? event.room.id : event.roomId, event),
  );
  const stopProfiles = runtime.profiles.listen(user.id, (person) =>
    tell(`profile:${person.id}`, { type: "profile", user: person }),
  );
  const stopAccount = await accounts.watch(user.id, () => {
    isStale = true;
    awake.raise();
  });
  try {
    while (!signal.aborted) {
      if (sink.isFull()) await sink.drained(signal);
      if (isStale) {
        isStale = false;
        await inboxes.settled();
        // The snapshot says it all of rooms, and nothing of people.
        pending = new Map([...pending].filter(([, event]) => event.type === "profile"));
        const stopBefore = stopRooms;
        stopRooms = await untilAvailable(() => followRooms(runtime, user.id, tell), signal);
        stopBefore();
        const page = { limit: roomPageSize.default };
        const { items, nextCursor } = await untilAvailable(() => listRooms(runtime, user, page), signal);
        sink.take([{ type: "snapshot", rooms: items, nextCursor }]);
      } else if (pending.size > 0) {
        const told = pending;
        pending = new Map();
        sink.take([...told.values()]);
      } else {
        await awake.wait(signal);
      }
    }
  } finally {
    stopRooms();
    stopAccount();
    stopProfiles();
    stopInbox();
  }
};

/**
 * Marks in the hub every room of this person that changes from now on, and tells at once who is writing. Resolves to what
 * ends it.
 */
const followRooms = async (
  { db, rooms, presence, inboxes }: SignedInContext["runtime"],
  userId: string,
  tell: (key: string, event: InboxEvent) => void,
): Promise<() => void> => {
  const mine = new Map((await readRooms(db, userId)).map((room) => [room.roomId, room]));
  const stops = [...mine.values()].flatMap(({ roomId, peerId, seesPresence }) =>
    peerId && seesPresence ? [presence.watch([peerId], () => inboxes.mark({ userId, roomId }))] : [],
  );
  stops.push(
    await rooms.watch([...mine.keys()], (roomId, event) => {
      if (!concerns(event, userId, mine.get(roomId))) return;
      if (event?.type !== "typing") inboxes.mark({ userId, roomId });
      else tell(`${roomId}:${event.user.id}`, { type: "typing", roomId, user: event.user });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
};

import type { RoomEvent } from "~/server/realtime/events";
import { whileAllowed } from "~/server/realtime/guard";
import { Live, type Sink } from "~/server/realtime/live";
import { untilAvailable } from "~/server/realtime/retry";
import { Signal } from "~/server/realtime/signal";
import { requireMembership } from "~/server/rooms/access";
import type { SignedInContext } from "~/server/trpc/context";
import type { MembersEvent } from "~/shared/groups";
import { addPresence, readMembers, visibleIds } from "./members";

/** Whether what happened in a group is about its people. */
const isAboutMembers = (event: RoomEvent | null): boolean => {
  if (event === null || event.type === "members") return true;
  return event.type === "changes" && event.changes.some(({ message }) => message.notice !== null);
};

/**
 * A group's people, live: a snapshot first, whenever they change and whenever this person's rights change, and between two
 * of them who comes and goes of those whose presence this person may see.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const streamMembers = async (
  context: SignedInContext,
  roomId: string,
  clientSignal: AbortSignal | undefined,
): Promise<Live<MembersEvent>> => {
  const stillAllowed = () => requireMembership(context.runtime.db, context.user.id, roomId);
  await untilAvailable(stillAllowed, clientSignal);
  return new Live(
    (sink, left) =>
      whileAllowed(context, left, stillAllowed, (allowed) => tellMembers(context, roomId, sink, allowed)),
    clientSignal,
  );
};

const tellMembers = async (
  { runtime, user }: SignedInContext,
  roomId: string,
  sink: Sink<MembersEvent>,
  signal: AbortSignal,
): Promise<void> => {
  const { db, accounts, rooms, presence } = runtime;
  const awake = new Signal();
  let isStale = true;
  /** Who has come or gone since. */
  const stirred = new Set<string>();
  /** Everybody who is watched, and whether they were here when it was last told. */
  let told = new Map<string, boolean | undefined>();
  let stopPresence = () => {};
  let stopRoom = () => {};
  const lookAgain = () => {
    isStale = true;
    awake.raise();
  };
  const stir = (userId: string) => {
    stirred.add(userId);
    awake.raise();
  };
  const stopAccount = await accounts.watch(user.id, lookAgain);
  try {
    stopRoom = await untilAvailable(
      () => rooms.watch([roomId], (_, event) => isAboutMembers(event) && lookAgain()),
      signal,
    );
    while (!signal.aborted) {
      if (sink.isFull()) await sink.drained(signal);
      if (isStale) {
        isStale = false;
        const rows = await untilAvailable(() => readMembers(db, user, roomId), signal);
        // Watched before it is read who is here, so that nobody comes unseen in between.
        stopPresence();
        stirred.clear();
        stopPresence = presence.watch(visibleIds(rows), stir);
        const members = await untilAvailable(() => addPresence(presence, rows), signal);
        told = new Map(members.flatMap((m) => (m.presence ? [[m.user.id, m.presence.online]] : [])));
        sink.take([{ type: "snapshot", members }]);
      } else if (stirred.size > 0) {
        const userIds = [...stirred];
        stirred.clear();
        const presences = await untilAvailable(() => presence.of(userIds), signal);
        const news = userIds.filter((id) => presences.get(id)?.online !== told.get(id));
        for (const id of news) told.set(id, presences.get(id)?.online);
        const toEvent = (userId: string): MembersEvent => ({
          type: "presence",
          userId,
          presence: presences.get(userId) ?? null,
        });
        if (news.length > 0) sink.take(news.map(toEvent));
      } else {
        await awake.wait(signal);
      }
    }
  } finally {
    stopPresence();
    stopRoom();
    stopAccount();
  }
};

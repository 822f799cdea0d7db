import { forgetRoom, keepRoom, readRoom } from "~/browser/kept-account";
import { profiles } from "~/trpc/profiles";
import { RoomTimeline } from "./room-timeline";
import { throttle } from "./throttle";

/** What a room shows without a connection: some screens. */
const messagesKept = 300;
/** Milliseconds. */
const keepEvery = 1_000;

/** Keeps what was read of rooms past the end of the page, so that it can be read again without a connection. */
export interface History {
  /** The room as far as it was kept, to go on from. */
  restore(roomId: string): Promise<RoomTimeline | null>;
  keep(roomId: string, timeline: RoomTimeline): void;
  forget(roomId: string): void;
}

/** What keeps a room that changes: at once, and then every so often. */
export const keepSoon = (
  history: History,
  roomId: string,
  timeline: () => RoomTimeline | null,
): (() => void) =>
  throttle(() => {
    const present = timeline();
    if (present) history.keep(roomId, present);
  }, keepEvery);

/** Keeps nothing: where there is no browser. */
export const noHistory: History = { restore: async () => null, keep: () => {}, forget: () => {} };

/** The browser's own, of the person whose page it is. */
export const browserHistory = (myId: string): History => ({
  restore: async (roomId) => {
    const kept = profiles.take(await readRoom(myId, roomId));
    return kept && new RoomTimeline(kept, kept.page);
  },
  keep: (roomId, timeline) => void keepRoom(myId, roomId, timeline.toKept(messagesKept)),
  forget: (roomId) => void forgetRoom(roomId),
});

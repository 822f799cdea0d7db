import type { Db } from "~/server/infra/db";
import type { Log } from "~/server/infra/log";
import { announcementsLost } from "~/server/infra/metrics";
import type { Backplane } from "./backplane";
import { roomChannel } from "./channels";
import { decodeRoomEvent, encodeEvent, type RoomEvent } from "./events";
import { type RevListener, RevWatch } from "./rev-watch";

/** Announcements of its own that a node waits to hear: those of the moment, and some that were lost on the way. */
const ownKept = 100;

/** Carries what happens in rooms between nodes. One backplane subscription a room and node, whoever listens. */
export class RoomWatch {
  readonly #backplane: Backplane;
  readonly #log: Log;
  readonly #revs: RevWatch<RoomEvent>;
  /** What this node announced and has not heard of yet, by its text: it need not be read to be known. */
  readonly #own = new Map<string, RoomEvent>();

  constructor(db: Db, backplane: Backplane, log: Log) {
    this.#backplane = backplane;
    this.#log = log;
    this.#revs = new RevWatch<RoomEvent>({
      backplane,
      log,
      channelOf: roomChannel,
      readRevs: async (ids) => {
        const rows = await db.room.findMany({
          where: { id: { in: ids } },
          select: { id: true, lastRev: true },
        });
        return new Map(rows.map((row) => [row.id, row.lastRev]));
      },
      parse: (message) => {
        const event = this.#takeOwn(message) ?? decodeRoomEvent(message);
        return (
          event && {
            event,
            rev: event.type === "changes" ? (event.changes.at(-1)?.message.rev ?? null) : null,
          }
        );
      },
    });
  }

  /** Calls `listener` after every event in these rooms; with null when one was lost. Resolves to what ends it. */
  watch(roomIds: string[], listener: RevListener<RoomEvent>): Promise<() => void> {
    return this.#revs.watch(roomIds, listener);
  }

  /**
   * Tells every node. Call it after the commit. Nobody waits for it: what it announces is stored already, and an
   * announcement that is lost is found by the reconciler.
   */
  publish(roomId: string, event: RoomEvent): void {
    const stamped = event.type === "changes" ? { ...event, at: Date.now() } : event;
    const text = encodeEvent(stamped);
    if (this.#revs.isWatched(roomId)) this.#keepOwn(text, stamped);
    this.#backplane.publish(roomChannel(roomId), text).catch((error) => {
      announcementsLost.inc();
      this.#log.debug({ err: error }, "announcement lost; the reconciler will find it");
    });
  }

  close(): void {
    this.#revs.close();
  }

  #keepOwn(text: string, event: RoomEvent): void {
    this.#own.set(text, event);
    const [oldest] = this.#own.keys();
    if (this.#own.size > ownKept && oldest !== undefined) this.#own.delete(oldest);
  }

  #takeOwn(text: string): RoomEvent | undefined {
    const event = this.#own.get(text);
    this.#own.delete(text);
    return event;
  }
}

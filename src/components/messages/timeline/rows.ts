import type { Message } from "~/shared/messages";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import type { TimelineWindow } from "../conversation/room-timeline";
import type { Outgoing } from "../outbox/outbox";

/** What has become of a message of one's own. */
export type Delivery = "waiting" | "sent" | "delivered" | "read" | "failed";

/** One message, arrived or on its way. */
interface Item {
  /** Stays the same from the first try to the last receipt, so that nothing on screen moves. */
  readonly key: string;
  /** Null until the server has given one. */
  readonly seq: number | null;
  readonly message: Message | null;
  readonly outgoing: Outgoing | null;
  readonly author: User;
  readonly body: string;
  /** The seq of the message that this one answers. */
  readonly replyToSeq: number | null;
  readonly createdAt: Date;
  readonly mine: boolean;
  /** Null for other people's messages. */
  readonly delivery: Delivery | null;
}

/** A message and its place among its neighbours: all that its look, and so its height, depends on. */
export interface Row extends Item {
  /** The first message of its day. */
  readonly opensDay: boolean;
  /** The first message since one last looked. */
  readonly opensUnread: boolean;
  /** The first and the last of its author's messages in a row. */
  readonly opensGroup: boolean;
  readonly closesGroup: boolean;
}

/** Messages of one author further apart than this do not belong together. Milliseconds. */
const groupGap = 5 * 60_000;

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

const together = (a: Item, b: Item): boolean =>
  !a.message?.notice &&
  !b.message?.notice &&
  a.author.id === b.author.id &&
  sameDay(a.createdAt, b.createdAt) &&
  b.createdAt.getTime() - a.createdAt.getTime() < groupGap;

const receiptOf = (seq: number, receipts: RoomSummary["receipts"]): Delivery => {
  if (receipts === null || receipts.deliveredSeq < seq) return "sent";
  return (receipts.readSeq ?? 0) < seq ? "delivered" : "read";
};

interface Scene {
  readonly window: TimelineWindow;
  readonly outgoing: readonly Outgoing[];
  readonly receipts: RoomSummary["receipts"];
  readonly me: User;
  /** Other people's messages past this one have not been seen; null when all have. */
  readonly unreadAfter: number | null;
}

const itemsOf = ({ window, outgoing, receipts, me }: Scene): Item[] => {
  const items: Item[] = [];
  const arrived = new Set<string>();
  for (const message of window.messages) {
    const { seq, author, body, replyToSeq, createdAt, clientId } = message;
    const mine = author.id === me.id;
    if (mine) arrived.add(clientId);
    const key = mine ? clientId : message.id;
    const delivery = mine ? receiptOf(seq, receipts) : null;
    items.push({ key, seq, message, outgoing: null, author, body, replyToSeq, createdAt, mine, delivery });
  }
  // What is on its way comes after everything, so it shows only where the timeline reaches the present.
  if (window.newerAfter !== null) return items;
  for (const entry of outgoing) {
    if (arrived.has(entry.clientId)) continue;
    const { clientId: key, body, replyToSeq = null, createdAt, state: delivery } = entry;
    items.push({
      key,
      seq: null,
      message: null,
      outgoing: entry,
      author: me,
      body,
      replyToSeq,
      createdAt,
      mine: true,
      delivery,
    });
  }
  return items;
};

/** The first item that is new, if something that is not new stands before it: else there is nothing to tell apart. */
const firstUnreadOf = (items: readonly Item[], unreadAfter: number | null): Item | undefined => {
  const oldest = items[0]?.seq;
  if (unreadAfter === null || !oldest || oldest > unreadAfter) return undefined;
  return items.find(({ seq, mine }) => seq !== null && seq > unreadAfter && !mine);
};

/**
 * The rows of a timeline, in order. How a row looks depends on the message before it, so the oldest message of a
 * window is held back until that one is known: a page that is put before it then changes no row on screen.
 */
export const buildRows = (scene: Scene): Row[] => {
  const items = itemsOf(scene);
  const { window, unreadAfter } = scene;
  const firstUnread = firstUnreadOf(items, unreadAfter);
  const rows = items.map((item, index): Row => {
    const previous = items[index - 1];
    const next = items[index + 1];
    const opensDay = !previous || !sameDay(previous.createdAt, item.createdAt);
    const opensUnread = item === firstUnread;
    return {
      ...item,
      opensDay,
      opensUnread,
      opensGroup: opensUnread || !previous || !together(previous, item),
      closesGroup: !next || next === firstUnread || !together(item, next),
    };
  });
  return window.olderBefore === null ? rows : rows.slice(1);
};

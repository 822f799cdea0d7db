import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { acceptRequest } from "~/server/groups/access";
import type { Limit } from "~/server/realtime/backplane";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import {
  type listMessagesInput,
  type Message,
  type MessagePage,
  messagePageSize,
  type sendMessageInput,
} from "~/shared/messages";
import type { User } from "~/shared/users";
import { type MessageRow, messageColumnsFor, toChange, visibleTo } from "./rows";

/** On one node. Far more than anybody types, and an outbox that was offline for a day still goes through at once. */
const sendsPerPerson: Limit = { name: "send-person", points: 1_200, seconds: 60 };

/**
 * Stores a message and answers with it once it is committed. Repeating a `clientId` answers with the message that has
 * it. Writing into a request accepts it.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `ROOM_CLOSED`, `BLOCKED_BY_YOU`, `MESSAGE_NOT_FOUND` (of a reply),
 * `ATTACHMENT_NOT_FOUND`, `CLIENT_ID_REUSED`, `RATE_LIMITED`, `UNAVAILABLE`
 */
export const sendMessage = async (
  runtime: Runtime,
  user: User,
  { roomId, clientId, body, attachmentIds, replyToSeq }: z.infer<typeof sendMessageInput>,
): Promise<Message> => {
  const retryAfterSeconds = await runtime.ownLimits.take(sendsPerPerson, user.id);
  if (retryAfterSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfterSeconds });
  const check = async () => {
    const membership = await requireMembership(runtime.db, user.id, roomId);
    if (membership.isClosed) return; // what was stored before that is still answered
    if (membership.blockedByMe) throw new AppError("BLOCKED_BY_YOU");
    if (membership.acceptedAt === null) await acceptRequest(runtime, membership);
    if (replyToSeq !== undefined && replyToSeq > membership.lastSeq) throw new AppError("MESSAGE_NOT_FOUND");
  };
  const send = {
    roomId,
    authorId: user.id,
    clientId,
    body,
    attachmentIds,
    replyToSeq: replyToSeq ?? null,
    notice: null,
  };
  const { change } = await runtime.sends.store(send, check);
  return change.message;
};

/** As a room's member `v` knows its messages. */
const viewer = Prisma.sql`v."userId"`;
const [columns, visible] = [messageColumnsFor(viewer), visibleTo(viewer)];

/**
 * Past what any page needs. Where nothing but a parameter bounds it, PostgreSQL expects a tenth of the room and plans every
 * page anew, which takes longer than reading it.
 */
const longest = Prisma.raw(String(messagePageSize.max + 1));

interface Counters {
  lastRev: number;
  lastSeq: number;
}
/** With each of the page's messages where its room stands; that alone where there is none. */
type PageRow = Counters & (MessageRow | { id: null });

/**
 * A page of the messages that this person may see, by seq. One statement, so that its `rev` and the page are of one
 * moment: who subscribes from it misses nothing.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const listMessages = async (
  { db }: Runtime,
  user: User,
  { roomId, before, after, limit }: z.infer<typeof listMessagesInput>,
): Promise<MessagePage> => {
  const forward = after !== undefined;
  const [range, order] = forward
    ? [Prisma.sql`m."seq" > ${after}::int`, Prisma.sql`ASC`]
    : [Prisma.sql`m."seq" < COALESCE(${before ?? null}::int, r."lastSeq" + 1)`, Prisma.sql`DESC`];
  const rows = await db.$queryRaw<PageRow[]>`
    SELECT r."lastRev", r."lastSeq", page.*
    FROM "Membership" v JOIN "Room" r ON r."id" = v."roomId"
    LEFT JOIN LATERAL (
      SELECT * FROM (
        SELECT ${columns} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."roomId" = v."roomId" AND ${range} AND ${visible}
        ORDER BY m."seq" ${order} LIMIT ${longest}) longest
      LIMIT ${limit + 1}) page ON true
    WHERE v."roomId" = ${roomId}::uuid AND v."userId" = ${user.id}::uuid
    ORDER BY page."seq"`;
  const [room] = rows;
  if (!room) throw new AppError("ROOM_NOT_FOUND");
  const { lastRev, lastSeq } = room;
  const found = rows.flatMap((row) => (row.id === null ? [] : [toChange(row).message]));
  const items = forward ? found.slice(0, limit) : found.slice(-limit);
  const end = forward ? items.at(-1) : items.at(0);
  return { items, rev: lastRev, lastSeq, nextCursor: found.length > limit ? (end?.seq ?? null) : null };
};

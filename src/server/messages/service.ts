import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { acceptRequest } from "~/server/groups/access";
import type { Limit } from "~/server/realtime/backplane";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { listMessagesInput, Message, MessagePage, sendMessageInput } from "~/shared/messages";
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

/**
 * A page of the messages that this person may see, by seq. `rev` is read before the page: who subscribes from it may get
 * a change twice, never miss one.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const listMessages = async (
  { db }: Runtime,
  user: User,
  { roomId, before, after, limit }: z.infer<typeof listMessagesInput>,
): Promise<MessagePage> => {
  const { lastRev, lastSeq } = await requireMembership(db, user.id, roomId);
  const viewer = Prisma.sql`${user.id}::uuid`;
  const [columns, visible] = [messageColumnsFor(viewer), visibleTo(viewer)];
  const forward = after !== undefined;
  const rows = forward
    ? await db.$queryRaw<MessageRow[]>`
        SELECT ${columns} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."roomId" = ${roomId}::uuid AND m."seq" > ${after} AND ${visible}
        ORDER BY m."seq" ASC LIMIT ${limit + 1}`
    : await db.$queryRaw<MessageRow[]>`
        SELECT ${columns} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."roomId" = ${roomId}::uuid AND m."seq" < ${before ?? lastSeq + 1} AND ${visible}
        ORDER BY m."seq" DESC LIMIT ${limit + 1}`;
  const page = rows.slice(0, limit).map((row) => toChange(row).message);
  const nextCursor = rows.length > limit ? (page.at(-1)?.seq ?? null) : null;
  return { items: forward ? page : page.reverse(), rev: lastRev, lastSeq, nextCursor };
};

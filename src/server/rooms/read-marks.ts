import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import type { Db } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { markReadInput, markUnreadInput } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { type RoomMembership, requireMembership } from "./access";
import { countsAsUnread, readPosition } from "./unread";

type Actor = Pick<Runtime, "db" | "rooms">;

/**
 * Moves this person's receipts and what is unread for them forward to `seq`, never past the room's last and never back.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const markRead = async (
  actor: Actor,
  user: User,
  { roomId, seq }: z.infer<typeof markReadInput>,
): Promise<void> => {
  const { lastSeq } = await requireMembership(actor.db, user.id, roomId);
  const read = Math.min(seq, lastSeq);
  await moveTo(actor, { userId: user.id, roomId }, read, Prisma.sql`AND ${readPosition} < ${read}`);
};

/**
 * Counts the messages from one on as unread for this person, on all their devices. Others go on seeing how far they had
 * read.
 *
 * @throws AppError `ROOM_NOT_FOUND`; `MESSAGE_NOT_FOUND` where nothing of others begins there
 */
export const markUnread = async (
  actor: Actor,
  user: User,
  { roomId, seq }: z.infer<typeof markUnreadInput>,
): Promise<void> => {
  const membership = await requireMembership(actor.db, user.id, roomId);
  const first = await findUnreadable(actor.db, membership, seq);
  if (first === undefined) throw new AppError("MESSAGE_NOT_FOUND");
  await moveTo(actor, membership, first - 1);
};

/** The seq of the message that can be unread: the one asked for, or the last. */
const findUnreadable = async (
  db: Db,
  { userId, roomId }: Pick<RoomMembership, "userId" | "roomId">,
  seq: number | undefined,
): Promise<number | undefined> => {
  const asked = seq === undefined ? Prisma.empty : Prisma.sql`AND n."seq" = ${seq}`;
  const [found] = await db.$queryRaw<{ seq: number }[]>`
    SELECT n."seq" FROM "Message" n
    WHERE n."roomId" = ${roomId}::uuid AND ${countsAsUnread(Prisma.sql`${userId}::uuid`)} ${asked}
    ORDER BY n."seq" DESC LIMIT 1`;
  return found?.seq;
};

/** Has this person stand behind `read`; their receipts only ever grow. */
const moveTo = async (
  { db, rooms }: Actor,
  { userId, roomId }: Pick<RoomMembership, "userId" | "roomId">,
  read: number,
  unless = Prisma.empty,
): Promise<void> => {
  const [before] = await db.$queryRaw<{ read: number; delivered: number }[]>`
    WITH o AS (
      SELECT m."roomId", m."userId", m."lastReadSeq", m."lastDeliveredSeq" FROM "Membership" m
      WHERE m."roomId" = ${roomId}::uuid AND m."userId" = ${userId}::uuid ${unless} FOR NO KEY UPDATE
    )
    UPDATE "Membership" m SET
      "lastReadSeq" = GREATEST(m."lastReadSeq", ${read}),
      "lastDeliveredSeq" = GREATEST(m."lastDeliveredSeq", ${read}),
      "unreadAfterSeq" = CASE WHEN ${read} < m."lastReadSeq" THEN ${read}::int END
    FROM o WHERE m."roomId" = o."roomId" AND m."userId" = o."userId"
    RETURNING o."lastReadSeq" AS "read", o."lastDeliveredSeq" AS "delivered"`;
  if (!before) return;
  // Nobody else is to notice that somebody stepped back.
  rooms.publish(roomId, { type: before.read < read ? "read" : "settings", userId });
  if (before.delivered < read) rooms.publish(roomId, { type: "delivered", userId });
};

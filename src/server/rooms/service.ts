import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { escapeLike } from "~/server/infra/db";
import { lastVisibleMessage } from "~/server/messages/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import { foldForSearch } from "~/shared/fold-for-search";
import type { listRoomsInput, muteInput, RoomCursor, RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { requireMembership, type View } from "./access";
import { readSummaries } from "./summary";

/** A page of this person's rooms, the most recently active first. */
export const listRooms = async (
  { db, presence }: Pick<Runtime, "db" | "presence">,
  user: Pick<User, "id">,
  { query, cursor, limit }: z.infer<typeof listRoomsInput>,
): Promise<{ items: RoomSummary[]; nextCursor: RoomCursor | null }> => {
  const past = cursor
    ? Prisma.sql`AND (a."at", v."roomId") < (${cursor.lastActivityAt}::timestamptz, ${cursor.id}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<(View & { at: Date })[]>`
    SELECT v."userId", v."roomId", a."at"
    FROM "Membership" v
    LEFT JOIN LATERAL (${lastVisibleMessage}) last ON true
    CROSS JOIN LATERAL (SELECT COALESCE(last."createdAt", v."joinedAt") AS "at") a
    WHERE v."userId" = ${user.id}::uuid AND (v."acceptedAt" IS NOT NULL OR last."id" IS NOT NULL) ${past}
      AND ${query === undefined ? Prisma.sql`true` : isCalled(query)}
    ORDER BY a."at" DESC, v."roomId" DESC LIMIT ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const summaries = new Map(
    (await readSummaries(db, presence, page)).map(({ roomId, summary }) => [roomId, summary]),
  );
  return {
    items: page.flatMap(({ roomId }) => summaries.get(roomId) ?? []),
    nextCursor: rows.length > limit && last ? { lastActivityAt: last.at, id: last.roomId } : null,
  };
};

/** Whether every word occurs in what the room of the membership `v` is called. One has few rooms: no index is needed. */
const isCalled = (query: string): Prisma.Sql => {
  const contains = foldForSearch(query)
    .split(/\s+/)
    .map((word) => Prisma.sql`n."name" LIKE ${`%${escapeLike(word.replace(/^@/, ""))}%`}`);
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Room" r
    LEFT JOIN "Membership" peer
      ON r."kind" = 'DIRECT' AND peer."roomId" = r."id" AND peer."userId" <> v."userId"
    LEFT JOIN "User" u ON u."id" = peer."userId"
    CROSS JOIN LATERAL (SELECT COALESCE(u."searchName", ${folded(Prisma.sql`r."title"`)}) AS "name") n
    WHERE r."id" = v."roomId" AND ${Prisma.join(contains, " AND ")})`;
};

/** What `foldForSearch` makes of a text, in SQL. */
const folded = (text: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`lower(regexp_replace(normalize(${text}, NFKD), '[\\u0300-\\u036f]', '', 'g'))`;

/** @throws AppError `ROOM_NOT_FOUND` */
export const getRoom = async (
  { db, presence }: Runtime,
  user: User,
  roomId: string,
): Promise<RoomSummary> => {
  const [viewed] = await readSummaries(db, presence, [{ userId: user.id, roomId }]);
  if (!viewed) throw new AppError("ROOM_NOT_FOUND");
  return viewed.summary;
};

/**
 * Has the room not call for this person's attention until then; all their devices learn of it.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const muteRoom = async (
  { db, rooms }: Runtime,
  user: User,
  { roomId, until }: z.infer<typeof muteInput>,
): Promise<void> => {
  const { count } = await db.membership.updateMany({
    where: { roomId, userId: user.id },
    data: { mutedUntil: until },
  });
  if (count === 0) throw new AppError("ROOM_NOT_FOUND");
  rooms.publish(roomId, { type: "settings", userId: user.id });
};

/**
 * Tells those who may know that this person is writing. Nobody else hears of it, and nothing is stored.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const announceTyping = async ({ db, rooms }: Runtime, user: User, roomId: string): Promise<void> => {
  const { blockedByMe, blockedByPeer, acceptedAt } = await requireMembership(db, user.id, roomId);
  if (!acceptedAt || blockedByMe || blockedByPeer) return;
  const shown = await db.user.count({ where: { id: user.id, sharesPresence: true } });
  if (shown > 0) rooms.publish(roomId, { type: "typing", user });
};

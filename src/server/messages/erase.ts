import { Prisma } from "~/generated/prisma/client";
import { release } from "~/server/attachments/access";
import type { Tx } from "~/server/infra/db";
import type { Change } from "~/server/realtime/events";
import type { Runtime } from "~/server/runtime";
import { type MessageRow, messageColumns, toChange } from "./rows";

/** Messages a page: one transaction for each of their rooms, which nobody else writes in meanwhile. */
const pageSize = 200;
const lowestId = "00000000-0000-0000-0000-000000000000";

/**
 * Makes tombstones of everything that somebody wrote, page by page, each a change of its room like any other; lines that say
 * what they did stay. Safe to repeat, and to do twice at once.
 */
export const eraseMessages = async (
  { db, rooms }: Pick<Runtime, "db" | "rooms">,
  authorId: string,
  signal: AbortSignal,
): Promise<void> => {
  for (let after = lowestId; ; ) {
    signal.throwIfAborted();
    const page = await db.message.findMany({
      where: { authorId, clientId: { gt: after }, deletedAt: null, notice: { equals: Prisma.DbNull } },
      select: { id: true, roomId: true, clientId: true },
      orderBy: { clientId: "asc" },
      take: pageSize,
    });
    for (const [roomId, ids] of byRoom(page)) {
      const changes = await db.$transaction((tx) => leaveTombstones(tx, roomId, ids));
      if (changes.length > 0) rooms.publish(roomId, { type: "changes", changes });
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.clientId;
  }
};

const byRoom = (messages: { id: string; roomId: string }[]): Map<string, string[]> => {
  const ids = new Map<string, string[]>();
  for (const { id, roomId } of messages) ids.set(roomId, [...(ids.get(roomId) ?? []), id]);
  return ids;
};

const leaveTombstones = async (tx: Tx, roomId: string, ids: string[]): Promise<Change[]> => {
  const [room] = await tx.$queryRaw<{ lastRev: number }[]>`
    SELECT "lastRev" FROM "Room" WHERE "id" = ${roomId}::uuid FOR NO KEY UPDATE`;
  if (!room) return [];
  const rows = await tx.$queryRaw<MessageRow[]>`
    WITH doomed AS (
      SELECT "id", row_number() OVER (ORDER BY "seq") AS "n" FROM "Message"
      WHERE "roomId" = ${roomId}::uuid AND "id" = ANY(${ids}::uuid[]) AND "deletedAt" IS NULL
    ), m AS (
      UPDATE "Message" t SET "rev" = ${room.lastRev} + d."n", "body" = '', "searchBody" = '', "searchWords" = '',
        "reactions" = '{}', "attachments" = '[]', "deletedAt" = date_trunc('milliseconds', clock_timestamp())
      FROM doomed d WHERE t."id" = d."id"
      RETURNING t.*
    )
    SELECT ${messageColumns} FROM m JOIN "User" u ON u."id" = m."authorId" ORDER BY m."rev"`;
  const last = rows.at(-1);
  if (!last) return [];
  await tx.room.update({ where: { id: roomId }, data: { lastRev: last.rev }, select: { id: true } });
  await release(tx, ids);
  return rows.map(toChange);
};

import { randomUUID } from "node:crypto";
import { Prisma } from "~/generated/prisma/client";
import type { Db, Tx } from "~/server/infra/db";
import { type View, viewKey, viewRows } from "~/server/rooms/access";
import type { Message } from "~/shared/messages";
import { type Sent, storeSends } from "./commit";
import type { StoredNotice } from "./notice";
import { type MessageRow, messageColumnsFor, toChange, visibleTo } from "./rows";

export { announceSent, type Sent } from "./commit";
export { eraseMessages } from "./erase";
export type { StoredNotice } from "./notice";
export { isHiddenFrom, type MessageRow, messageColumns, toChange, visibleTo } from "./rows";

/** The last message that `v."userId"` may see in `v."roomId"`, for a lateral join. */
export const lastVisibleMessage = Prisma.sql`
  SELECT m.* FROM "Message" m WHERE m."roomId" = v."roomId" AND ${visibleTo(Prisma.sql`v."userId"`)}
  ORDER BY m."seq" DESC LIMIT 1`;

/** The last visible message of each view that has one, by {@link viewKey}. */
export const readLastMessages = async (db: Db, views: View[]): Promise<Map<string, Message>> => {
  const rows = await db.$queryRaw<(MessageRow & { viewerId: string })[]>`
    SELECT v."userId" AS "viewerId", ${messageColumnsFor(Prisma.sql`v."userId"`)}
    FROM ${viewRows(views)}
    JOIN LATERAL (${lastVisibleMessage}) m ON true
    JOIN "User" u ON u."id" = m."authorId"`;
  return new Map(
    rows.map(({ viewerId, ...row }) => [
      viewKey({ userId: viewerId, roomId: row.roomId }),
      toChange(row).message,
    ]),
  );
};

/**
 * Writes lines into groups' timelines, in the transaction of what they tell of: `announceSent` after the commit. Their
 * authors must be members then.
 */
export const storeNotices = async (tx: Tx, notices: (View & { notice: StoredNotice })[]): Promise<Sent[]> => {
  const sends = notices.map(({ userId, roomId, notice }) => ({
    roomId,
    authorId: userId,
    clientId: randomUUID(),
    body: "",
    attachmentIds: [],
    replyToSeq: null,
    notice,
  }));
  return (await storeSends(tx, sends)).map((result) => {
    if ("ok" in result) return result.ok;
    throw result.error;
  });
};

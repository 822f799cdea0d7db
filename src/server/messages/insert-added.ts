import { Prisma } from "~/generated/prisma/client";
import { messageColumns, searchWords } from "./rows";

/** Whether the other side of a 1:1 room has blocked the author of `a`. */
const isBlockedByPeer = Prisma.sql`EXISTS (
  SELECT 1 FROM "Room" r
  JOIN "Membership" o ON o."roomId" = r."id" AND o."userId" <> a."authorId"
  JOIN "Block" b ON b."blockerId" = o."userId" AND b."blockedId" = a."authorId"
  WHERE r."id" = a."roomId" AND r."kind" = 'DIRECT')`;

/**
 * The rest of a statement that stores messages, after a `WITH` that has numbered them as the rows of `added`: the rows,
 * the counters that number them, and the authors' own receipts. Answers with the messages.
 */
export const insertAdded = Prisma.sql`
  m AS (
    INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "searchBody", "replyToSeq",
      "attachments", "notice", "searchWords", "withheld", "createdAt")
    SELECT a.*, ${searchWords(Prisma.sql`a."searchBody"`)}, ${isBlockedByPeer}, date_trunc('milliseconds', clock_timestamp())
    FROM added a
    RETURNING *
  ), counted AS (
    UPDATE "Room" r SET "lastSeq" = c."seq", "lastRev" = c."rev"
    FROM (SELECT "roomId", max("seq") AS "seq", max("rev") AS "rev" FROM added GROUP BY "roomId") c
    WHERE r."id" = c."roomId"
  ), read AS (
    UPDATE "Membership" o SET
      "lastReadSeq" = GREATEST(o."lastReadSeq", s."seq"), "lastDeliveredSeq" = GREATEST(o."lastDeliveredSeq", s."seq"),
      "unreadAfterSeq" = NULL
    FROM (SELECT "roomId", "authorId", max("seq") AS "seq" FROM added GROUP BY "roomId", "authorId") s
    WHERE o."roomId" = s."roomId" AND o."userId" = s."authorId"
  )
  SELECT ${messageColumns} FROM m JOIN "User" u ON u."id" = m."authorId"`;

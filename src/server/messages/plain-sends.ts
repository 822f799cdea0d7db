import { v7 as uuidv7 } from "uuid";
import { Prisma } from "~/generated/prisma/client";
import { type Db, isRace } from "~/server/infra/db";
import type { Change } from "~/server/realtime/events";
import { foldForSearch } from "~/shared/fold-for-search";
import type { Send } from "./commit";
import { insertAdded } from "./insert-added";
import { byKey, keyOf, type MessageRow } from "./rows";

/**
 * Stores, in one statement that is its own transaction, those of the sends that nothing speaks against: by members, into
 * rooms that are open, no request to them, and where they have blocked nobody, without files, under ids never used. Of ten
 * thousand sends that is all but a few; the others are left to `storeSends`, which says what is wrong with each.
 *
 * Rows are locked before they are read, rooms and then members in the order of their ids: the counters and memberships
 * that it sees are those of the moment. A client id of the same moment is the constraint's to find: then it stores none.
 *
 * @returns the changes that it stored, each by its send
 */
export const storePlainSends = async <S extends Send>(db: Db, sends: S[]): Promise<Map<S, Change>> => {
  const plain = new Map<string, S>();
  for (const send of sends) if (isPlain(send) && !plain.has(keyOf(send))) plain.set(keyOf(send), send);
  if (plain.size === 0) return new Map();
  try {
    const rows = await db.$queryRaw<MessageRow[]>(statement([...plain.values()]));
    const changes = byKey(rows);
    return new Map(
      [...plain].flatMap(([key, send]) => {
        const change = changes.get(key);
        return change ? [[send, change]] : [];
      }),
    );
  } catch (error) {
    if (!isRace(error)) throw error;
    return new Map();
  }
};

const isPlain = ({ attachmentIds, notice }: Send): boolean => attachmentIds.length === 0 && notice === null;

const statement = (sends: Send[]): Prisma.Sql => {
  const roomIds = [...new Set(sends.map(({ roomId }) => roomId))];
  return Prisma.sql`
    WITH asked AS (
      SELECT * FROM unnest(
        ${sends.map(() => uuidv7())}::uuid[], ${sends.map(({ roomId }) => roomId)}::uuid[],
        ${sends.map(({ authorId }) => authorId)}::uuid[], ${sends.map(({ clientId }) => clientId)}::uuid[],
        ${sends.map(({ body }) => body)}::text[], ${sends.map(({ body }) => foldForSearch(body))}::text[],
        ${sends.map(({ replyToSeq }) => replyToSeq)}::int[]
      ) WITH ORDINALITY AS a("id", "roomId", "authorId", "clientId", "body", "searchBody", "replyToSeq", "place")
    ), room AS (
      SELECT "id", "kind", "lastSeq", "lastRev" FROM "Room"
      WHERE "id" = ANY(${roomIds}::uuid[]) AND "closedAt" IS NULL
      ORDER BY "id" FOR NO KEY UPDATE
    ), author AS (
      SELECT m."roomId", m."userId", r."lastSeq", r."lastRev"
      FROM room r
      JOIN "Membership" m ON m."roomId" = r."id"
      WHERE m."acceptedAt" IS NOT NULL
        AND (m."roomId", m."userId") IN (SELECT a."roomId", a."authorId" FROM asked a)
        AND NOT (r."kind" = 'DIRECT' AND EXISTS (
          SELECT 1 FROM "Membership" o JOIN "Block" b ON b."blockerId" = m."userId" AND b."blockedId" = o."userId"
          WHERE o."roomId" = m."roomId"))
      ORDER BY m."roomId", m."userId" FOR NO KEY UPDATE OF m
    ), added AS (
      SELECT a."id", a."roomId", (a."lastSeq" + a."n")::int AS "seq", (a."lastRev" + a."n")::int AS "rev", a."authorId",
        a."clientId", a."body", a."searchBody", a."replyToSeq", '[]'::jsonb AS "attachments", NULL::jsonb AS "notice"
      FROM (
        SELECT a.*, w."lastSeq", w."lastRev", row_number() OVER (PARTITION BY a."roomId" ORDER BY a."place") AS "n"
        FROM asked a JOIN author w ON w."roomId" = a."roomId" AND w."userId" = a."authorId"
        WHERE (a."replyToSeq" IS NULL OR a."replyToSeq" <= w."lastSeq")
          AND NOT EXISTS (SELECT 1 FROM "Message" k WHERE k."authorId" = a."authorId" AND k."clientId" = a."clientId")
      ) a
    ), ${insertAdded}`;
};

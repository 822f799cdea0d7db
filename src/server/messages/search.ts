import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import type { Db } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import type { SearchPage, searchMessagesInput } from "~/shared/messages";
import type { User } from "~/shared/users";
import { type MessageRow, messageColumnsFor, toChange } from "./rows";
import { searchConditions } from "./search-conditions";

/** Messages that are looked at one by one, from the newest, before an index is asked: some ten milliseconds. */
const walked = 10_000;
/** Whose rooms hold less than this part of all messages is searched room by room. */
const smallShare = 1 / 10;

const newestFirst = Prisma.sql`m."createdAt" DESC, m."id" DESC`;

/**
 * Messages of this person's rooms, the newest first. What is frequent is found by walking back from the newest. What is
 * not on the way is rare, and looked up in the indexes of words and of parts of words; these are asked for each room only
 * where somebody sees a small part of all rooms, and so of what an index holds of a word.
 */
export const searchMessages = async (
  { db }: Pick<Runtime, "db">,
  user: Pick<User, "id">,
  { author, ...input }: z.infer<typeof searchMessagesInput>,
): Promise<SearchPage> => {
  if (author !== undefined) {
    const found = await db.user.findUnique({ where: { username: author }, select: { id: true } });
    const isSomebodyElse = input.authorId !== undefined && input.authorId !== found?.id;
    if (!found || isSomebodyElse) return { items: [], nextCursor: null };
    return searchMessages({ db }, user, { ...input, authorId: found.id });
  }
  const { limit } = input;
  const seesLittle = !input.roomId && (await hasSmallShare(db, user.id));
  const { walk, inEachRoom, anywhere } = statements(user.id, input);
  const recent = seesLittle ? [] : await db.$queryRaw<MessageRow[]>(walk);
  const lookUp = () =>
    // In a transaction statements are not prepared: how to go about one depends on its words.
    db.$transaction((tx) => tx.$queryRaw<MessageRow[]>(seesLittle || input.roomId ? inEachRoom : anywhere));
  const rows = recent.length > limit ? recent : await lookUp();
  const items = rows.slice(0, limit).map((row) => toChange(row).message);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null;
  return { items, nextCursor };
};

/** Whether little of all messages is in this person's rooms. */
const hasSmallShare = async (db: Db, userId: string): Promise<boolean> => {
  const [count] = await db.$queryRaw<{ mine: number; all: number }[]>`
    SELECT c."reltuples" AS "all", (
      SELECT COALESCE(sum(r."lastSeq"), 0)::float FROM "Membership" o JOIN "Room" r ON r."id" = o."roomId"
      WHERE o."userId" = ${userId}::uuid) AS "mine"
    FROM "pg_class" c WHERE c."oid" = '"Message"'::regclass`;
  return count !== undefined && count.mine < count.all * smallShare;
};

/** The ways to one page. The last two find all there is, the first what the latest messages have of it. */
const statements = (userId: string, input: Omit<z.infer<typeof searchMessagesInput>, "author">) => {
  const { roomId, sentAfter, sentBefore, cursor, limit } = input;
  const viewer = Prisma.sql`${userId}::uuid`;
  const inRoom = roomId ? Prisma.sql`AND o."roomId" = ${roomId}::uuid` : Prisma.empty;
  const mine = Prisma.sql`"Membership" o WHERE o."userId" = ${viewer} ${inRoom}`;
  const isMine = Prisma.sql`m."roomId" IN (SELECT o."roomId" FROM ${mine})`;
  const isWanted = Prisma.join(searchConditions(viewer, input), " AND ");
  const bounds = [
    Prisma.sql`true`,
    ...(sentAfter ? [Prisma.sql`m."createdAt" >= ${sentAfter}`] : []),
    ...(sentBefore ? [Prisma.sql`m."createdAt" < ${sentBefore}`] : []),
    ...(cursor ? [Prisma.sql`(m."createdAt", m."id") < (${cursor.createdAt}, ${cursor.id}::uuid)`] : []),
  ];
  const isThen = Prisma.join(bounds, " AND ");
  const page = (where: Prisma.Sql, from = Prisma.sql`"Message" m`) => Prisma.sql`
    SELECT ${messageColumnsFor(viewer)} FROM ${from} JOIN "User" u ON u."id" = m."authorId"
    WHERE ${where} ORDER BY ${newestFirst} LIMIT ${limit + 1}`;
  // Apart, so that no plan takes the newest messages one by one in the hope to meet something soon.
  const among = (found: Prisma.Sql) => Prisma.sql`m."id" IN (
    WITH m AS MATERIALIZED (${found}) SELECT m."id" FROM m ORDER BY ${newestFirst} LIMIT ${limit + 1})`;

  const latest =
    roomId && !sentBefore && !cursor
      ? Prisma.sql`SELECT * FROM "Message" m WHERE m."roomId" = ${roomId}::uuid AND ${isThen}
          ORDER BY m."seq" DESC LIMIT ${walked}`
      : Prisma.sql`SELECT * FROM "Message" m WHERE ${isThen} ORDER BY ${newestFirst} LIMIT ${walked}`;
  const ofEachRoom = Prisma.sql`
    SELECT m."id", m."createdAt" FROM "Membership" o CROSS JOIN LATERAL (
      SELECT m."id", m."createdAt" FROM "Message" m
      WHERE m."roomId" = o."roomId" AND ${isThen} AND ${isWanted}
      ORDER BY ${newestFirst} LIMIT ${limit + 1}) m
    WHERE o."userId" = ${viewer} ${inRoom}`;
  const ofAll = Prisma.sql`
    SELECT m."id", m."createdAt" FROM "Message" m WHERE ${isMine} AND ${isThen} AND ${isWanted}`;
  return {
    walk: page(Prisma.sql`${isMine} AND ${isWanted}`, Prisma.sql`(${latest}) m`),
    inEachRoom: page(among(ofEachRoom)),
    anywhere: page(among(ofAll)),
  };
};

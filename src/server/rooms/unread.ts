import { Prisma } from "~/generated/prisma/client";
import { isHiddenFrom } from "~/server/messages/access";

/** How far the person of the membership `m` has read, in their own eyes. */
export const readPosition = Prisma.sql`COALESCE(m."unreadAfterSeq", m."lastReadSeq")`;

/** Whether the message `n` is one that somebody may have yet to read. `reader` is a uuid in SQL. */
export const countsAsUnread = (reader: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  n."authorId" <> ${reader} AND n."deletedAt" IS NULL AND n."notice" IS NULL AND NOT n."withheld"
  AND NOT ${isHiddenFrom(reader, Prisma.sql`n`)})`;

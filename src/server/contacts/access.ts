import { Prisma } from "~/generated/prisma/client";

/**
 * Whether the two people of a 1:1 room may know of each other's presence and receipts, as far as both share them: both have
 * accepted the room and neither has blocked the other. A condition on their memberships, which the query calls `m` and
 * `peer`; false where there is no peer.
 */
export const isMutual = Prisma.sql`(
  m."acceptedAt" IS NOT NULL AND peer."acceptedAt" IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM "Block" b
    WHERE (b."blockerId" = m."userId" AND b."blockedId" = peer."userId")
       OR (b."blockerId" = peer."userId" AND b."blockedId" = m."userId")))`;

/**
 * Whether two people both let others see this, and so may see it of each other: who does not share does not see. The ids are
 * in SQL.
 */
export const bothShare = (
  what: "presence" | "reading",
  oneId = Prisma.sql`m."userId"`,
  otherId = Prisma.sql`peer."userId"`,
): Prisma.Sql => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "User" s WHERE s."id" IN (${oneId}, ${otherId}) AND NOT s.${columns[what]})`;

const columns = { presence: Prisma.sql`"sharesPresence"`, reading: Prisma.sql`"sharesReading"` };

/** Whether somebody finds the person `u`: themselves nobody finds, nor those who are gone or have blocked them. */
export const isFoundBy = (userId: string): Prisma.Sql => Prisma.sql`(
  u."deletedAt" IS NULL AND u."id" <> ${userId}::uuid AND NOT EXISTS (
    SELECT 1 FROM "Block" b WHERE b."blockerId" = u."id" AND b."blockedId" = ${userId}::uuid))`;

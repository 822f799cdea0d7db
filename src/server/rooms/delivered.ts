import type { Db } from "~/server/infra/db";
import type { View } from "./access";

/** How far somebody has been told of a room. */
export interface Told extends View {
  seq: number;
}

/**
 * Moves receipts on to what was delivered; none ever goes back. Rows are locked in the order in which sends lock them, so
 * that no two of these statements wait for each other.
 *
 * @returns those that moved
 */
export const moveDelivered = (db: Db, told: Told[]): Promise<View[]> => db.$queryRaw<View[]>`
  WITH told AS (
    SELECT * FROM unnest(
      ${told.map(({ userId }) => userId)}::uuid[], ${told.map(({ roomId }) => roomId)}::uuid[],
      ${told.map(({ seq }) => seq)}::int[]
    ) AS t("userId", "roomId", "seq")
  ), behind AS (
    SELECT m."roomId", m."userId", t."seq"
    FROM told t JOIN "Membership" m ON m."roomId" = t."roomId" AND m."userId" = t."userId"
    WHERE m."lastDeliveredSeq" < t."seq"
    ORDER BY m."roomId", m."userId" FOR NO KEY UPDATE OF m
  )
  UPDATE "Membership" m SET "lastDeliveredSeq" = b."seq"
  FROM behind b
  WHERE m."roomId" = b."roomId" AND m."userId" = b."userId" AND m."lastDeliveredSeq" < b."seq"
  RETURNING m."userId", m."roomId"`;

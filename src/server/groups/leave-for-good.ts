import type { Tx } from "~/server/infra/db";
import { type Sent, type StoredNotice, storeNotices } from "~/server/messages/access";
import { deleteRooms, endMemberships } from "~/server/rooms/access";

/**
 * Takes somebody out of all these groups, whose rooms are locked, in the transaction that deletes their account. A group of
 * theirs passes to who has been its admin for longest, or else its member; one that nobody else is in goes.
 *
 * @returns the lines that say so, to be announced after the commit, and the ids of the new owners
 */
export const leaveForGood = async (
  tx: Tx,
  userId: string,
  roomIds: string[],
): Promise<{ told: Sent[]; heirIds: string[] }> => {
  const groups = await tx.$queryRaw<Departure[]>`
    SELECT m."roomId", m."role" = 'OWNER' AS "isOwner", m."acceptedAt" IS NOT NULL AS "tookPart", heir."userId" AS "heirId"
    FROM "Membership" m
    LEFT JOIN LATERAL (
      SELECT o."userId" FROM "Membership" o WHERE o."roomId" = m."roomId" AND o."userId" <> m."userId"
      ORDER BY o."acceptedAt" IS NULL, o."role", o."joinedAt", o."userId" LIMIT 1) heir ON true
    WHERE m."userId" = ${userId}::uuid AND m."roomId" = ANY(${roomIds}::uuid[])
    ORDER BY m."roomId"`;
  await deleteRooms(
    tx,
    groups.flatMap(({ roomId, heirId }) => (heirId ? [] : [roomId])),
  );
  const left = groups.filter(({ heirId }) => heirId !== null);
  const handed = left.flatMap(({ roomId, isOwner, heirId }) =>
    isOwner && heirId ? [{ roomId, heirId }] : [],
  );
  await tx.$executeRaw`
    UPDATE "Membership" o SET "role" = 'OWNER'
    FROM unnest(${handed.map(({ roomId }) => roomId)}::uuid[], ${handed.map(({ heirId }) => heirId)}::uuid[])
      AS h("roomId", "userId")
    WHERE o."roomId" = h."roomId" AND o."userId" = h."userId"`;
  const told = await storeNotices(
    tx,
    // Who never took part leaves without a word.
    left.filter(({ tookPart }) => tookPart).flatMap((group) => noticesOf(group, userId)),
  );
  await endMemberships(
    tx,
    userId,
    left.map(({ roomId }) => roomId),
  );
  return { told, heirIds: handed.map(({ heirId }) => heirId) };
};

interface Departure {
  roomId: string;
  isOwner: boolean;
  tookPart: boolean;
  heirId: string | null;
}

const noticesOf = ({ roomId, isOwner, heirId }: Departure, userId: string) => {
  const handover: StoredNotice[] =
    isOwner && heirId ? [{ type: "role", user: { id: heirId }, role: "owner" }] : [];
  return [...handover, { type: "left" } as const].map((notice) => ({ userId, roomId, notice }));
};

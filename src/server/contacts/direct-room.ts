import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";

/** What makes the 1:1 room of two people one and the same from either side. */
const directKey = (oneId: string, otherId: string): string => [oneId, otherId].sort().join(":");

/** {@link directKey} of the contact `c`, in SQL. */
export const directKeyOfContact = Prisma.sql`
  LEAST(c."ownerId", c."userId")::text || ':' || GREATEST(c."ownerId", c."userId")::text`;

/**
 * Opens the 1:1 room of two people for the first of them: a room they are in and, for the other, a request until they
 * answer. Where the room exists already it only accepts it. Two people who do this to each other at once get one room.
 */
export const openDirectRoom = async (tx: Tx, userId: string, peerId: string): Promise<void> => {
  const key = directKey(userId, peerId);
  // Not an upsert: whoever comes second waits here for the first to commit, and then finds their room.
  await tx.room.createMany({ data: { kind: "DIRECT", directKey: key }, skipDuplicates: true });
  const { id: roomId } = await tx.room.findUniqueOrThrow({ where: { directKey: key }, select: { id: true } });
  await tx.membership.createMany({
    data: [
      { roomId, userId, acceptedAt: new Date() },
      { roomId, userId: peerId },
    ],
    skipDuplicates: true,
  });
  await tx.membership.updateMany({
    where: { roomId, userId, acceptedAt: null },
    data: { acceptedAt: new Date() },
  });
};

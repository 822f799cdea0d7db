import type { z } from "zod";
import { isMutual } from "~/server/contacts/access";
import type { Db } from "~/server/infra/db";
import { lockAccounts } from "~/server/realtime/account-watch";
import type { Limit } from "~/server/realtime/backplane";
import { joinPeer } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import type { Privacy, updatePrivacyInput } from "~/shared/auth";
import type { User } from "~/shared/users";
import { takeOrRefuse } from "./limits";

/** Each change has the page of everybody concerned look again. */
export const privacyChangesPerPerson: Limit = { name: "privacy", points: 30, seconds: 60 * 60 };

const privacySelect = { sharesReading: true, sharesPresence: true } as const;

export const readPrivacy = ({ db }: Runtime, user: User): Promise<Privacy> =>
  db.user.findUniqueOrThrow({ where: { id: user.id }, select: privacySelect });

/**
 * Changes what this person lets others see. Everybody who sees them in a 1:1 room or in a group that is open looks again at
 * once.
 *
 * @throws AppError `RATE_LIMITED`
 */
export const updatePrivacy = async (
  { db, backplane, accounts, rooms }: Runtime,
  user: User,
  { sharesReading, sharesPresence }: z.infer<typeof updatePrivacyInput>,
): Promise<Privacy> => {
  await takeOrRefuse(backplane, privacyChangesPerPerson, user.id);
  const affected = [user.id, ...(await readMutualPeers(db, user.id))];
  const privacy = await accounts.change(affected, async (tx) => {
    // In their order, before one of them is changed.
    await lockAccounts(tx, affected);
    const data = {
      ...(sharesReading !== undefined && { sharesReading }),
      ...(sharesPresence !== undefined && { sharesPresence }),
    };
    return tx.user.update({ where: { id: user.id }, data, select: privacySelect });
  });
  const groups = await db.membership.findMany({
    where: { userId: user.id, room: { kind: "GROUP" } },
    select: { roomId: true },
  });
  for (const { roomId } of groups) rooms.publish(roomId, { type: "members" });
  return privacy;
};

/** The people whom somebody sees in 1:1 rooms, and who see them. */
const readMutualPeers = async (db: Db, userId: string): Promise<string[]> => {
  const rows = await db.$queryRaw<{ peerId: string }[]>`
    SELECT peer."userId" AS "peerId" FROM "Membership" m ${joinPeer}
    WHERE m."userId" = ${userId}::uuid AND ${isMutual}`;
  return rows.map(({ peerId }) => peerId);
};

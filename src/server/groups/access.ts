import type { Prisma } from "~/generated/prisma/client";
import { holdAccounts } from "~/server/auth/access";
import type { Tx } from "~/server/infra/db";
import { announceSent, type Sent, type StoredNotice, storeNotices } from "~/server/messages/access";
import { type RoomMembership, requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";

export { leaveForGood } from "./leave-for-good";

/**
 * Proof that somebody is in a group, as it stands under the room's lock, which every change of a group's members takes.
 *
 * @throws AppError `ROOM_NOT_FOUND` also for 1:1 rooms
 */
export const requireGroup = async (tx: Tx, userId: string, roomId: string): Promise<RoomMembership> => {
  await tx.$queryRaw`SELECT 1 FROM "Room" WHERE "id" = ${roomId}::uuid AND "kind" = 'GROUP' FOR NO KEY UPDATE`;
  const membership = await requireMembership(tx, userId, roomId);
  if (membership.kind !== "GROUP") throw new AppError("ROOM_NOT_FOUND");
  return membership;
};

/**
 * For whoever is about to be in a group: that they are not deleting their account at the same moment.
 *
 * @throws AppError `NOT_SIGNED_IN`
 */
export const requireAccount = async (tx: Tx, userId: string): Promise<void> => {
  if ((await holdAccounts(tx, [userId])).size === 0) throw new AppError("NOT_SIGNED_IN");
};

/** @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED` */
export const requireAdmin = async (tx: Tx, userId: string, roomId: string): Promise<RoomMembership> => {
  const membership = await requireGroup(tx, userId, roomId);
  if (!membership.isAdmin) throw new AppError("NOT_ALLOWED");
  return membership;
};

export const inviteSelect = {
  id: true,
  token: true,
  createdAt: true,
  expiresAt: true,
  maxUses: true,
  uses: true,
} as const satisfies Prisma.InviteSelect;

/** The link into a group that has this token, with the group; null for one that never was and one that works no more. */
export const findInvite = async (tx: Tx, token: string) => {
  const invite = await tx.invite.findUnique({
    where: { token },
    select: {
      ...inviteSelect,
      revokedAt: true,
      room: {
        select: {
          id: true,
          title: true,
          pictureId: true,
          _count: { select: { memberships: { where: { acceptedAt: { not: null } } } } },
        },
      },
    },
  });
  const isOver =
    !invite ||
    invite.revokedAt !== null ||
    (invite.expiresAt !== null && invite.expiresAt <= new Date()) ||
    (invite.maxUses !== null && invite.uses >= invite.maxUses);
  return isOver ? null : invite;
};

/** @throws AppError `INVITE_NOT_FOUND` */
export const requireInvite = async (tx: Tx, token: string) => {
  const invite = await findInvite(tx, token);
  if (!invite) throw new AppError("INVITE_NOT_FOUND");
  return invite;
};

/**
 * Changes a group and tells of it in its timeline, in one transaction. `work` answers with what to tell, if anything.
 *
 * @param affected whose rights change: their streams look again, their inboxes are read anew
 */
export const changeGroup = async (
  { accounts, rooms }: Runtime,
  me: Pick<User, "id">,
  roomId: string,
  affected: string[],
  work: (tx: Tx, tell: (notice: StoredNotice) => Promise<void>) => Promise<void>,
): Promise<void> => {
  const sent = await accounts.change(affected, async (tx) => {
    const told: Sent[] = [];
    await work(tx, async (notice) => {
      told.push(...(await storeNotices(tx, [{ userId: me.id, roomId, notice }])));
    });
    return told;
  });
  announceSent(rooms, sent);
};

/** Turns a request into an ordinary room, and tells a group of it; does nothing where it is one. */
export const acceptRequest = async (runtime: Runtime, membership: RoomMembership): Promise<void> => {
  const { roomId, userId, peerId } = membership;
  const accept = (tx: Tx) =>
    tx.membership.updateMany({
      where: { roomId, userId, acceptedAt: null },
      data: { acceptedAt: new Date() },
    });
  if (membership.kind === "DIRECT") {
    await runtime.accounts.change(peerId ? [userId, peerId] : [userId], accept);
    return;
  }
  await changeGroup(runtime, { id: userId }, roomId, [userId], async (tx, tell) => {
    await requireGroup(tx, userId, roomId);
    const { count } = await accept(tx);
    if (count > 0) await tell({ type: "joined" });
  });
};

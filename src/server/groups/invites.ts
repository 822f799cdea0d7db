import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { createInviteInput, Invite, inviteInput, invitePreviewSchema } from "~/shared/groups";
import { groupMaxMembers } from "~/shared/limits";
import type { User } from "~/shared/users";
import { changeGroup, inviteSelect, requireAccount, requireAdmin, requireInvite } from "./access";

/** @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED` */
export const createInvite = (
  { db }: Runtime,
  me: User,
  { roomId, expiresInSeconds, maxUses }: z.infer<typeof createInviteInput>,
): Promise<Invite> =>
  db.$transaction(async (tx) => {
    await requireAdmin(tx, me.id, roomId);
    return tx.invite.create({
      data: {
        roomId,
        token: randomBytes(16).toString("base64url"),
        maxUses: maxUses ?? null,
        expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
      },
      select: inviteSelect,
    });
  });

/** The links that still work, the newest first. */
export const listInvites = ({ db }: Runtime, me: User, roomId: string): Promise<Invite[]> =>
  db.$transaction(async (tx) => {
    await requireAdmin(tx, me.id, roomId);
    const invites = await tx.invite.findMany({
      where: { roomId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
      orderBy: { id: "desc" },
      select: inviteSelect,
    });
    return invites.filter(({ maxUses, uses }) => maxUses === null || uses < maxUses);
  });

/** @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED`, `INVITE_NOT_FOUND` */
export const revokeInvite = async (
  { db }: Runtime,
  me: User,
  { roomId, inviteId }: z.infer<typeof inviteInput>,
): Promise<void> => {
  await db.$transaction(async (tx) => {
    await requireAdmin(tx, me.id, roomId);
    const { count } = await tx.invite.updateMany({
      where: { id: inviteId, roomId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("INVITE_NOT_FOUND");
  });
};

/** What a link leads to. @throws AppError `INVITE_NOT_FOUND` for one that never was and one that works no more alike */
export const previewInvite = async (
  { db }: Runtime,
  me: User,
  token: string,
): Promise<z.infer<typeof invitePreviewSchema>> => {
  const { room } = await requireInvite(db, token);
  const isIn = await db.membership.count({ where: { roomId: room.id, userId: me.id } });
  return {
    title: room.title ?? "",
    pictureId: room.pictureId,
    memberCount: room._count.memberships,
    roomId: isIn > 0 ? room.id : null,
  };
};

/**
 * Joins the group that a link leads to. Who is in it already uses nothing up.
 *
 * @throws AppError `INVITE_NOT_FOUND`, `GROUP_FULL`
 */
export const joinByInvite = async (
  runtime: Runtime,
  me: User,
  token: string,
): Promise<{ roomId: string }> => {
  const { room } = await requireInvite(runtime.db, token);
  const roomId = room.id;
  await changeGroup(runtime, me, roomId, [me.id], async (tx, tell) => {
    // The room's lock: two people cannot both take the last use, nor the last place.
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE "id" = ${roomId}::uuid FOR NO KEY UPDATE`;
    await requireAccount(tx, me.id);
    const invite = await requireInvite(tx, token);
    const joined = await tx.membership.updateMany({
      where: { roomId, userId: me.id, acceptedAt: null },
      data: { acceptedAt: new Date() },
    });
    const isIn = await tx.membership.count({ where: { roomId, userId: me.id } });
    if (isIn > 0 && joined.count === 0) return;
    if (isIn === 0) {
      const members = await tx.membership.count({ where: { roomId } });
      if (members >= groupMaxMembers) throw new AppError("GROUP_FULL");
      await tx.membership.create({ data: { roomId, userId: me.id, acceptedAt: new Date() } });
    }
    await tx.invite.update({ where: { id: invite.id }, data: { uses: { increment: 1 } } });
    await tell({ type: "joined" });
  });
  return { roomId };
};

import { v7 as uuid } from "uuid";
import type { z } from "zod";
import type { Tx } from "~/server/infra/db";
import { exchangePicture } from "~/server/pictures/access";
import { deleteRooms, endMemberships } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type {
  addMembersInput,
  createGroupInput,
  groupMemberInput,
  renameGroupInput,
  setGroupPictureInput,
  setRoleInput,
} from "~/shared/groups";
import type { User } from "~/shared/users";
import { changeGroup, requireAccount, requireAdmin, requireGroup } from "./access";
import { fromRole, insertMembers } from "./members";

/**
 * Opens a group of which I am the owner.
 *
 * @throws AppError `USER_NOT_FOUND`, `BLOCKED_BY_YOU`, `GROUP_FULL`
 */
export const createGroup = async (
  runtime: Runtime,
  me: User,
  { title, userIds }: z.infer<typeof createGroupInput>,
): Promise<{ roomId: string }> => {
  const roomId = uuid();
  await changeGroup(runtime, me, roomId, [me.id, ...userIds], async (tx, tell) => {
    await requireAccount(tx, me.id);
    await tx.room.create({ data: { id: roomId, kind: "GROUP", title } });
    await tx.membership.create({
      data: { roomId, userId: me.id, role: "OWNER", acceptedAt: new Date() },
    });
    const added = await insertMembers(tx, me, roomId, userIds);
    await tell({ type: "created", title });
    if (added.length > 0) await tell({ type: "added", users: added });
  });
  return { roomId };
};

/** @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED` */
export const renameGroup = (
  runtime: Runtime,
  me: User,
  { roomId, title }: z.infer<typeof renameGroupInput>,
): Promise<void> =>
  changeGroup(runtime, me, roomId, [], async (tx, tell) => {
    await requireAdmin(tx, me.id, roomId);
    const { count } = await tx.room.updateMany({
      where: { id: roomId, title: { not: title } },
      data: { title },
    });
    if (count > 0) await tell({ type: "renamed", title });
  });

/**
 * Gives a group another picture, or none.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED`, `PICTURE_NOT_FOUND`
 */
export const setGroupPicture = (
  runtime: Runtime,
  me: User,
  { roomId, pictureId }: z.infer<typeof setGroupPictureInput>,
): Promise<void> =>
  changeGroup(runtime, me, roomId, [], async (tx, tell) => {
    await requireAdmin(tx, me.id, roomId);
    const { pictureId: before } = await tx.room.findUniqueOrThrow({
      where: { id: roomId },
      select: { pictureId: true },
    });
    if (pictureId === before) return;
    await exchangePicture(tx, me.id, { before, after: pictureId });
    await tx.room.update({ where: { id: roomId }, data: { pictureId } });
    await tell({ type: pictureId ? "pictured" : "unpictured" });
  });

/** @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED`, `USER_NOT_FOUND`, `BLOCKED_BY_YOU`, `GROUP_FULL` */
export const addMembers = (
  runtime: Runtime,
  me: User,
  { roomId, userIds }: z.infer<typeof addMembersInput>,
): Promise<void> =>
  changeGroup(runtime, me, roomId, userIds, async (tx, tell) => {
    await requireAdmin(tx, me.id, roomId);
    const users = await insertMembers(tx, me, roomId, userIds);
    if (users.length > 0) await tell({ type: "added", users });
  });

/**
 * Takes somebody out of the group: an admin a member, the owner anybody else.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED`, `MEMBER_NOT_FOUND`
 */
export const removeMember = (
  runtime: Runtime,
  me: User,
  { roomId, userId }: z.infer<typeof groupMemberInput>,
): Promise<void> =>
  changeGroup(runtime, me, roomId, [userId], async (tx, tell) => {
    const { role: mine } = await requireAdmin(tx, me.id, roomId);
    const { role } = await findMember(tx, roomId, userId);
    if (role === "OWNER" || (role === "ADMIN" && mine !== "OWNER")) throw new AppError("NOT_ALLOWED");
    await endMemberships(tx, userId, [roomId]);
    await tell({ type: "removed", user: { id: userId } });
  });

/**
 * Gives a member another role. Making somebody the owner hands the group over.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `NOT_ALLOWED` to who is not the owner, `MEMBER_NOT_FOUND`
 */
export const setRole = (
  runtime: Runtime,
  me: User,
  { roomId, userId, role }: z.infer<typeof setRoleInput>,
): Promise<void> =>
  changeGroup(runtime, me, roomId, [me.id, userId], async (tx, tell) => {
    const { role: mine } = await requireGroup(tx, me.id, roomId);
    if (mine !== "OWNER" || userId === me.id) throw new AppError("NOT_ALLOWED");
    const { role: before } = await findMember(tx, roomId, userId);
    if (before === fromRole[role]) return;
    if (role === "owner") await updateRole(tx, roomId, me.id, "ADMIN");
    await updateRole(tx, roomId, userId, fromRole[role]);
    await tell({ type: "role", user: { id: userId }, role });
  });

/**
 * Leaves the group. Whoever leaves it last takes it along, with everything in it.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `OWNER_MUST_HAND_OVER`
 */
export const leaveGroup = async (runtime: Runtime, me: User, roomId: string): Promise<void> => {
  let isTold = true;
  await changeGroup(runtime, me, roomId, [me.id], async (tx, tell) => {
    const { role, acceptedAt } = await requireGroup(tx, me.id, roomId);
    const others = await tx.membership.count({ where: { roomId, userId: { not: me.id } } });
    if (others === 0) {
      await deleteRooms(tx, [roomId]);
      return;
    }
    if (role === "OWNER") throw new AppError("OWNER_MUST_HAND_OVER");
    // Who never took part leaves without a word.
    if (acceptedAt) await tell({ type: "left" });
    else isTold = false;
    await endMemberships(tx, me.id, [roomId]);
  });
  if (!isTold) runtime.rooms.publish(roomId, { type: "members" });
};

const findMember = async (tx: Tx, roomId: string, userId: string) => {
  const member = await tx.membership.findUnique({
    where: { roomId_userId: { roomId, userId } },
    select: { role: true },
  });
  if (!member) throw new AppError("MEMBER_NOT_FOUND");
  return member;
};

const updateRole = (tx: Tx, roomId: string, userId: string, role: "OWNER" | "ADMIN" | "MEMBER") =>
  tx.membership.update({ where: { roomId_userId: { roomId, userId } }, data: { role } });

import type { Role as RoleRow } from "~/generated/prisma/client";
import { userJson } from "~/server/auth/access";
import { bothShare, isMutual } from "~/server/contacts/access";
import type { Db, Tx } from "~/server/infra/db";
import type { PresenceHub } from "~/server/realtime/presence";
import { requireMembership, toRole } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { GroupMember } from "~/shared/groups";
import { groupMaxMembers } from "~/shared/limits";
import type { Role } from "~/shared/roles";
import type { User } from "~/shared/users";

export const fromRole: Record<Role, RoleRow> = { owner: "OWNER", admin: "ADMIN", member: "MEMBER" };

/** Somebody in a group, as one of its members sees them; whether they are here is not read yet. */
interface MemberRow {
  user: User;
  role: RoleRow;
  accepted: boolean;
  readSeq: number | null;
  seesPresence: boolean;
}

/**
 * Everybody in a group, its admins first. Presence and reading are shown, as far as both share them, between two who both
 * take part and of whom neither has blocked the other.
 *
 * @throws AppError `ROOM_NOT_FOUND`
 */
export const listMembers = async (
  { db, presence }: Runtime,
  me: User,
  roomId: string,
): Promise<GroupMember[]> => addPresence(presence, await readMembers(db, me, roomId));

/** @throws AppError `ROOM_NOT_FOUND` */
export const readMembers = async (db: Db, me: User, roomId: string): Promise<MemberRow[]> => {
  await requireMembership(db, me.id, roomId);
  return db.$queryRaw<MemberRow[]>`
    SELECT ${userJson("u")} AS "user", m."role", m."acceptedAt" IS NOT NULL AS "accepted",
      CASE WHEN ${isMutual} AND ${bothShare("reading")} THEN m."lastReadSeq" END AS "readSeq",
      ${isMutual} AND ${bothShare("presence")} AS "seesPresence"
    FROM "Membership" m
    JOIN "User" u ON u."id" = m."userId"
    JOIN "Membership" peer ON peer."roomId" = m."roomId" AND peer."userId" = ${me.id}::uuid
    WHERE m."roomId" = ${roomId}::uuid
    ORDER BY m."role", u."displayName", u."id"`;
};

/** Whose presence the viewer of these may see. */
export const visibleIds = (rows: MemberRow[]): string[] =>
  rows.filter(({ seesPresence }) => seesPresence).map(({ user }) => user.id);

export const addPresence = async (presence: PresenceHub, rows: MemberRow[]): Promise<GroupMember[]> => {
  const presences = await presence.of(visibleIds(rows));
  return rows.map(({ user, role, accepted, readSeq }) => ({
    user,
    role: toRole[role],
    accepted,
    presence: presences.get(user.id) ?? null,
    readSeq,
  }));
};

/**
 * Puts people into a group, those who are in it already left as they are. Who has accepted a 1:1 room with me takes part
 * at once; to anybody else it is a request.
 *
 * @returns the ids of those who were added
 * @throws AppError `USER_NOT_FOUND` for nobody's id and for somebody who has blocked me alike, `BLOCKED_BY_YOU`,
 * `GROUP_FULL`
 */
export const insertMembers = async (
  tx: Tx,
  me: Pick<User, "id">,
  roomId: string,
  userIds: string[],
): Promise<{ id: string }[]> => {
  const wanted = [...new Set(userIds)].filter((id) => id !== me.id);
  const people = await tx.$queryRaw<
    { id: string; knowsMe: boolean; blockedByMe: boolean; blockedMe: boolean; isIn: boolean }[]
  >`
    SELECT u."id",
      EXISTS (SELECT 1 FROM "Membership" o WHERE o."roomId" = ${roomId}::uuid AND o."userId" = u."id") AS "isIn",
      EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = ${me.id}::uuid AND b."blockedId" = u."id") AS "blockedByMe",
      EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = u."id" AND b."blockedId" = ${me.id}::uuid) AS "blockedMe",
      EXISTS (
        SELECT 1 FROM "Membership" theirs
        JOIN "Room" r ON r."id" = theirs."roomId" AND r."kind" = 'DIRECT'
        JOIN "Membership" mine ON mine."roomId" = r."id" AND mine."userId" = ${me.id}::uuid
        WHERE theirs."userId" = u."id" AND theirs."acceptedAt" IS NOT NULL) AS "knowsMe"
    FROM "User" u WHERE u."id" = ANY(${wanted}::uuid[]) AND u."deletedAt" IS NULL
    ORDER BY u."displayName", u."id" FOR KEY SHARE`;
  if (people.some(({ blockedByMe }) => blockedByMe)) throw new AppError("BLOCKED_BY_YOU");
  if (people.length < wanted.length || people.some(({ blockedMe, isIn }) => blockedMe && !isIn)) {
    throw new AppError("USER_NOT_FOUND");
  }
  const added = people.filter(({ isIn }) => !isIn);
  const count = await tx.membership.count({ where: { roomId } });
  if (count + added.length > groupMaxMembers) throw new AppError("GROUP_FULL");
  await tx.membership.createMany({
    data: added.map(({ id, knowsMe }) => ({ roomId, userId: id, acceptedAt: knowsMe ? new Date() : null })),
  });
  return added.map(({ id }) => ({ id }));
};

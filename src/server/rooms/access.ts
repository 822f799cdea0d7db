/**
 * The lookup is the authorisation: a room is only ever reached through its member, and missing and forbidden are one
 * answer. What only this file can make, services demand.
 */
import { Prisma, type Role, type RoomKind } from "~/generated/prisma/client";
import { bothShare, isMutual } from "~/server/contacts/access";
import type { Db, Tx } from "~/server/infra/db";
import { AppError } from "~/shared/errors";
import type { Role as SharedRole } from "~/shared/roles";

declare const proof: unique symbol;

export const toRole: Record<Role, SharedRole> = { OWNER: "owner", ADMIN: "admin", MEMBER: "member" };

/** Proof that somebody is a member of a room, with the room as it stood when that was checked. */
export interface RoomMembership {
  readonly [proof]: true;
  readonly roomId: string;
  readonly userId: string;
  readonly kind: RoomKind;
  readonly lastSeq: number;
  readonly lastRev: number;
  /** Null while the room is a message request to this person. */
  readonly acceptedAt: Date | null;
  /** The other person of a 1:1 room; null in groups. */
  readonly peerId: string | null;
  /** Whether this person has blocked the peer. */
  readonly blockedByMe: boolean;
  /** Whether the peer has blocked this person: never to be told, nor to be told by the answer's kind. */
  readonly blockedByPeer: boolean;
  /** The other person of a 1:1 room has deleted their account: it can be read, and nothing is written in it. */
  readonly isClosed: boolean;
  /** Of meaning in groups only. */
  readonly role: Role;
  /** May change the group and delete others' messages. False in 1:1 rooms. */
  readonly isAdmin: boolean;
}

/** @throws AppError `ROOM_NOT_FOUND` if there is no such room or the person is not in it. */
export const requireMembership = async (db: Tx, userId: string, roomId: string): Promise<RoomMembership> => {
  const [membership] = await db.$queryRaw<RoomMembership[]>`
    SELECT m."roomId", m."userId", m."acceptedAt", r."kind", r."lastSeq", r."lastRev",
      r."closedAt" IS NOT NULL AS "isClosed",
      peer."userId" AS "peerId", mine."blockerId" IS NOT NULL AS "blockedByMe", theirs."blockerId" IS NOT NULL AS "blockedByPeer",
      m."role", r."kind" = 'GROUP' AND m."role" <> 'MEMBER' AS "isAdmin"
    FROM "Membership" m ${joinPeer}
    WHERE m."roomId" = ${roomId}::uuid AND m."userId" = ${userId}::uuid`;
  if (!membership) throw new AppError("ROOM_NOT_FOUND");
  return membership;
};

/** Joins to the membership `m` its room `r`, and in 1:1 rooms the `peer`'s membership and the blocks between the two. */
export const joinPeer = Prisma.sql`
  JOIN "Room" r ON r."id" = m."roomId"
  LEFT JOIN "Membership" peer
    ON r."kind" = 'DIRECT' AND peer."roomId" = m."roomId" AND peer."userId" <> m."userId"
  LEFT JOIN "Block" mine ON mine."blockerId" = m."userId" AND mine."blockedId" = peer."userId"
  LEFT JOIN "Block" theirs ON theirs."blockerId" = peer."userId" AND theirs."blockedId" = m."userId"`;

/** One of a person's rooms, and what they may notice there. */
export interface OwnRoom {
  roomId: string;
  /** The other person of a 1:1 room. */
  peerId: string | null;
  /** How far what they wrote has come. Of 1:1 rooms alone. */
  seesDelivery: boolean;
  /** How far the other has read. Of 1:1 rooms alone. */
  seesReading: boolean;
  /** Who is here, and who is writing. */
  seesPresence: boolean;
}

/** All of this person's rooms. */
export const readRooms = (db: Db, userId: string): Promise<OwnRoom[]> => db.$queryRaw<OwnRoom[]>`
  SELECT m."roomId", peer."userId" AS "peerId", ${isMutual} AS "seesDelivery",
    ${isMutual} AND ${bothShare("reading")} AS "seesReading",
    (r."kind" = 'GROUP' OR ${isMutual}) AND ${bothShare("presence")} AS "seesPresence"
  FROM "Membership" m ${joinPeer} WHERE m."userId" = ${userId}::uuid`;

/** The rooms of somebody who is about to go, all of them locked. */
export const lockRoomsOf = (tx: Tx, userId: string): Promise<{ roomId: string; kind: RoomKind }[]> =>
  tx.$queryRaw`
    SELECT r."id" AS "roomId", r."kind" FROM "Membership" m JOIN "Room" r ON r."id" = m."roomId"
    WHERE m."userId" = ${userId}::uuid ORDER BY r."id" FOR NO KEY UPDATE OF r`;

/**
 * Closes the 1:1 rooms of somebody whose account goes, which are locked: to the others they stay to be read. One whose other
 * side is gone already goes altogether.
 *
 * @returns the ids of the others
 */
export const closeDirectRooms = async (tx: Tx, userId: string, roomIds: string[]): Promise<string[]> => {
  const isTheirs = { id: { in: roomIds } };
  const empty = await tx.room.findMany({
    where: { ...isTheirs, closedAt: { not: null } },
    select: { id: true },
  });
  await deleteRooms(
    tx,
    empty.map(({ id }) => id),
  );
  await tx.room.updateMany({ where: isTheirs, data: { closedAt: new Date() } });
  const others = await tx.membership.findMany({
    where: { roomId: { in: roomIds }, userId: { not: userId } },
    select: { userId: true },
  });
  return others.map((other) => other.userId);
};

/** Deletes rooms with everything in them; their files and pictures are collected. */
export const deleteRooms = async (tx: Tx, roomIds: string[]): Promise<void> => {
  if (roomIds.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Picture" p SET "expiresAt" = now() FROM "Room" r
    WHERE r."pictureId" = p."id" AND r."id" = ANY(${roomIds}::uuid[])`;
  await tx.room.deleteMany({ where: { id: { in: roomIds } } });
};

/** Ends somebody's memberships of groups. What they wrote there is still called by their name: see {@link whoKnow}. */
export const endMemberships = async (tx: Tx, userId: string, roomIds: string[]): Promise<void> => {
  const data = roomIds.map((roomId) => ({ roomId, userId }));
  await tx.formerMember.createMany({ data, skipDuplicates: true });
  await tx.membership.deleteMany({ where: { userId, roomId: { in: roomIds } } });
};

/** By person, which of these viewers have a room in which they are or were, or are that person. */
export const whoKnow = async (
  db: Db,
  userIds: string[],
  viewerIds: string[],
): Promise<Map<string, string[]>> => {
  if (userIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ userId: string; viewerIds: string[] }[]>`
    SELECT "userId", array_agg(DISTINCT "viewerId"::text) AS "viewerIds" FROM (
      SELECT theirs."userId", mine."userId" AS "viewerId"
      FROM (
        SELECT "roomId", "userId" FROM "Membership" WHERE "userId" = ANY(${userIds}::uuid[])
        UNION ALL SELECT "roomId", "userId" FROM "FormerMember" WHERE "userId" = ANY(${userIds}::uuid[])) theirs
      JOIN "Membership" mine ON mine."roomId" = theirs."roomId"
      WHERE mine."userId" = ANY(${viewerIds}::uuid[])
      UNION ALL SELECT id, id FROM unnest(${userIds}::uuid[]) id WHERE id = ANY(${viewerIds}::uuid[])) shared
    GROUP BY "userId"`;
  return new Map(rows.map((row) => [row.userId, row.viewerIds]));
};

/** A room through the eyes of one of its members. */
export interface View {
  userId: string;
  roomId: string;
}

export const viewKey = ({ userId, roomId }: View): string => `${userId}:${roomId}`;

/** The views as the rows of `v("userId", "roomId")`. */
export const viewRows = (views: View[]): Prisma.Sql => Prisma.sql`
  unnest(${views.map((view) => view.userId)}::uuid[], ${views.map((view) => view.roomId)}::uuid[]) AS v("userId", "roomId")`;

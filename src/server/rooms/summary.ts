import { Prisma, type Role } from "~/generated/prisma/client";
import { userJson } from "~/server/auth/access";
import { bothShare, isMutual } from "~/server/contacts/access";
import type { Db } from "~/server/infra/db";
import { readLastMessages } from "~/server/messages/access";
import type { PresenceHub } from "~/server/realtime/presence";
import type { Message } from "~/shared/messages";
import type { RoomSummary } from "~/shared/rooms";
import type { Presence, User } from "~/shared/users";
import { joinPeer, toRole, type View, viewKey, viewRows } from "./access";
import { countsAsUnread, readPosition } from "./unread";

/** A room's summary for one viewer, with what only the node needs to know of it. */
export interface ViewedSummary extends View {
  summary: RoomSummary;
  /** How far this viewer's devices are known to have received. */
  lastDeliveredSeq: number;
}

interface Row extends View {
  kind: "DIRECT" | "GROUP";
  title: string | null;
  pictureId: string | null;
  memberCount: number;
  role: Role;
  lastReadSeq: number;
  lastDeliveredSeq: number;
  accepted: boolean;
  joinedAt: Date;
  mutedUntil: Date | null;
  unread: number;
  blockedByMe: boolean;
  /** All null in groups. */
  peer: User | null;
  peerAccepted: boolean | null;
  peerDeliveredSeq: number | null;
  peerReadSeq: number | null;
  mutual: boolean;
  sharesReading: boolean;
  sharesPresence: boolean;
}

/**
 * The present summaries of these views, in two queries however many they are. A view that shows nothing is left out: no
 * membership, or a request with no visible message (yet), or one from somebody blocked.
 */
export const readSummaries = async (
  db: Db,
  presence: PresenceHub,
  views: View[],
): Promise<ViewedSummary[]> => {
  if (views.length === 0) return [];
  const [rows, lastMessages] = await Promise.all([readRows(db, views), readLastMessages(db, views)]);
  const peers = rows.flatMap((row) => (row.mutual && row.sharesPresence && row.peer ? [row.peer.id] : []));
  const presences = await presence.of([...new Set(peers)]);
  return rows.flatMap((row) => {
    const lastMessage = lastMessages.get(viewKey(row)) ?? null;
    if (!row.accepted && (!lastMessage || row.blockedByMe)) return [];
    const { userId, roomId, lastDeliveredSeq } = row;
    return [{ userId, roomId, lastDeliveredSeq, summary: toSummary(row, lastMessage, presences) }];
  });
};

const readRows = (db: Db, views: View[]): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH size AS (
    SELECT "roomId", count(*)::int AS "memberCount" FROM "Membership"
    WHERE "roomId" = ANY(${[...new Set(views.map(({ roomId }) => roomId))]}::uuid[]) AND "acceptedAt" IS NOT NULL
    GROUP BY "roomId"
  )
  SELECT v."userId", v."roomId", r."kind", r."title", r."pictureId", COALESCE(size."memberCount", 0) AS "memberCount", m."role",
    ${readPosition} AS "lastReadSeq", m."lastDeliveredSeq", m."acceptedAt" IS NOT NULL AS "accepted", m."joinedAt",
    CASE WHEN m."mutedUntil" > now() THEN m."mutedUntil" END AS "mutedUntil",
    unread."count" AS "unread",
    mine."blockerId" IS NOT NULL AS "blockedByMe",
    CASE WHEN u."id" IS NOT NULL THEN ${userJson("u")} END AS "peer",
    peer."acceptedAt" IS NOT NULL AS "peerAccepted",
    peer."lastDeliveredSeq" AS "peerDeliveredSeq", peer."lastReadSeq" AS "peerReadSeq",
    ${isMutual} AS "mutual", ${bothShare("reading")} AS "sharesReading", ${bothShare("presence")} AS "sharesPresence"
  FROM ${viewRows(views)}
  JOIN "Membership" m ON m."roomId" = v."roomId" AND m."userId" = v."userId" ${joinPeer}
  LEFT JOIN size ON size."roomId" = v."roomId"
  LEFT JOIN "User" u ON u."id" = peer."userId"
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS "count" FROM "Message" n
    WHERE n."roomId" = v."roomId" AND n."seq" > ${readPosition} AND ${countsAsUnread(Prisma.sql`v."userId"`)}
  ) unread`;

/** Who has to answer, if anybody has; of somebody who is gone nobody. */
const requestOf = ({ accepted, peer, peerAccepted }: Row): RoomSummary["request"] => {
  if (peer?.deleted) return null;
  if (!accepted) return "incoming";
  return peer && !peerAccepted ? "outgoing" : null;
};

const toSummary = (row: Row, lastMessage: Message | null, presences: Map<string, Presence>): RoomSummary => {
  const { peer } = row;
  return {
    id: row.roomId,
    kind: row.kind === "DIRECT" ? "direct" : "group",
    title: row.title,
    memberCount: row.memberCount,
    role: toRole[row.role],
    pictureId: row.pictureId,
    peer,
    presence: (row.mutual && row.sharesPresence && peer && presences.get(peer.id)) || null,
    lastSeq: lastMessage?.seq ?? 0,
    lastMessage,
    lastActivityAt: lastMessage?.createdAt ?? row.joinedAt,
    unread: row.unread,
    lastReadSeq: row.lastReadSeq,
    request: requestOf(row),
    blockedByMe: row.blockedByMe,
    mutedUntil: row.mutedUntil,
    receipts: row.mutual
      ? { deliveredSeq: row.peerDeliveredSeq ?? 0, readSeq: row.sharesReading ? row.peerReadSeq : null }
      : null,
  };
};

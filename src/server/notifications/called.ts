import type { Db } from "~/server/infra/db";
import { mentionedIn } from "~/shared/mentions";
import type { Message } from "~/shared/messages";
import type { PushAddress } from "~/shared/notifications";

/** A browser to call, and of which message. */
export interface Called extends PushAddress {
  sessionId: string;
  userId: string;
  roomId: string;
  seq: number;
  /** A group's title. */
  title: string | null;
  /** A group's picture. */
  pictureId: string | null;
  isRequest: boolean;
}

/**
 * Whom these messages call, and of which: of several in a room, the last that calls. The page has the same rules for itself
 * (`rooms-that-call.ts` in src/components/notifications). What somebody has read calls them no more, and their own not at all;
 * nor does anything while they are not to be disturbed, or what comes from somebody whom they have blocked. A muted room calls
 * for a mention alone. A request calls once: with the first message of a 1:1 room.
 */
export const readCalled = (db: Db, messages: readonly Message[]): Promise<Called[]> => db.$queryRaw<Called[]>`
  SELECT DISTINCT ON (p."sessionId", n."roomId")
    p."sessionId", p."endpoint", p."p256dh", p."auth", m."userId", n."roomId", n."seq", r."title", r."pictureId",
    m."acceptedAt" IS NULL AS "isRequest"
  FROM unnest(
    ${messages.map(({ roomId }) => roomId)}::uuid[], ${messages.map(({ seq }) => seq)}::int[],
    ${messages.map(({ author }) => author.id)}::uuid[],
    ${messages.map(({ body }) => mentionedIn(body).join(" "))}::text[]
  ) AS n("roomId", "seq", "authorId", "mentioned")
  JOIN "Message" x ON x."roomId" = n."roomId" AND x."seq" = n."seq" AND x."deletedAt" IS NULL
  JOIN "Room" r ON r."id" = n."roomId"
  JOIN "Membership" m ON m."roomId" = n."roomId" AND m."userId" <> n."authorId" AND m."lastReadSeq" < n."seq"
  JOIN "User" u ON u."id" = m."userId" AND (u."quietUntil" IS NULL OR u."quietUntil" <= now())
  JOIN "Session" s ON s."userId" = m."userId" AND s."expiresAt" > now()
  JOIN "PushSubscription" p ON p."sessionId" = s."id"
  WHERE (m."acceptedAt" IS NOT NULL OR (r."kind" = 'DIRECT' AND n."seq" = 1))
    AND (m."mutedUntil" IS NULL OR m."mutedUntil" <= now()
      OR (r."kind" = 'GROUP' AND u."username" = ANY(string_to_array(n."mentioned", ' '))))
    AND NOT EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = m."userId" AND b."blockedId" = n."authorId")
  ORDER BY p."sessionId", n."roomId", n."seq" DESC`;

import { createHmac } from "node:crypto";
import type { Adapter, DatabaseSession } from "lucia";
import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import type { User } from "~/shared/users";
import { userJson } from "./access";

/** No session lives longer, however much it is used. */
const absoluteExpiryDays = 180;
/** A session's use is written down no more often than this. */
export const useWrittenEveryMs = 60 * 1000;

const sessionSelect = {
  id: true,
  userId: true,
  expiresAt: true,
  createdAt: true,
  lastUsedAt: true,
  userAgent: true,
  ip: true,
} as const satisfies Prisma.SessionSelect;

const withinAbsoluteExpiry = (expiresAt: Date): Prisma.Sql =>
  Prisma.sql`LEAST(${expiresAt}, "createdAt" + make_interval(days => ${absoluteExpiryDays}::int))`;

type SessionRow = Prisma.SessionGetPayload<{ select: typeof sessionSelect }>;

const toSession = (token: string, { id, userId, expiresAt, ...rest }: SessionRow): DatabaseSession => ({
  id: token,
  userId,
  expiresAt,
  attributes: { publicId: id, ...rest },
});

/** What is stored of a token. */
export const hashToken = (token: string, secretKey: string): string =>
  createHmac("sha256", secretKey).update(token).digest("base64url");

/**
 * Lucia's sessions in our table. What Lucia calls a session's id is the token; the table keeps only its
 * HMAC-SHA-256 under `secretKey`, so that a copy of the database signs nobody in.
 */
export const prismaAdapter = (db: Tx, secretKey: string): Adapter => {
  const hash = (token: string): string => hashToken(token, secretKey);

  return {
    getSessionAndUser: async (token) => {
      const [row] = await db.$queryRaw<(SessionRow & { user: User })[]>`
        SELECT s."id", s."userId", s."expiresAt", s."createdAt", s."lastUsedAt", s."userAgent", s."ip",
          ${userJson("u")} AS "user"
        FROM "Session" s JOIN "User" u ON u."id" = s."userId" WHERE s."tokenHash" = ${hash(token)}`;
      if (!row) return [null, null];
      const { user, ...session } = row;
      const { id, ...attributes } = user;
      return [toSession(token, session), { id, attributes }];
    },

    /** The most recently used first. Tokens are stored nowhere: the public id stands in for each. */
    getUserSessions: async (userId) => {
      const rows = await db.session.findMany({
        where: { userId },
        select: sessionSelect,
        orderBy: { lastUsedAt: "desc" },
      });
      return rows.map((row) => toSession(row.id, row));
    },

    setSession: async ({ id: token, userId, expiresAt, attributes: { publicId, ...rest } }) => {
      await db.session.create({
        data: { id: publicId, tokenHash: hash(token), userId, expiresAt, ...rest },
        select: { id: true },
      });
    },

    updateSessionExpiration: async (token, expiresAt) => {
      const now = new Date();
      const writtenBefore = new Date(now.getTime() - useWrittenEveryMs);
      await db.$executeRaw`
        UPDATE "Session" SET
          "lastUsedAt" = ${now},
          "expiresAt" = ${withinAbsoluteExpiry(expiresAt)}
        WHERE "tokenHash" = ${hash(token)} AND "lastUsedAt" <= ${writtenBefore}`;
    },

    deleteSession: async (token) => {
      await db.session.deleteMany({ where: { tokenHash: hash(token) } });
    },

    deleteUserSessions: async (userId) => {
      await db.session.deleteMany({ where: { userId } });
    },

    deleteExpiredSessions: async () => {
      await db.session.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    },
  };
};

/** Takes the step from one generation of a session's refresh token to the next: of two that try, one succeeds. */
export const renewSession = async (
  db: Tx,
  { sessionId, generation, expiresAt }: { sessionId: string; generation: number; expiresAt: Date },
): Promise<boolean> => {
  const moved = await db.$executeRaw`
    UPDATE "Session" SET
      "refreshGeneration" = "refreshGeneration" + 1,
      "lastUsedAt" = ${new Date()},
      "expiresAt" = ${withinAbsoluteExpiry(expiresAt)}
    WHERE "id" = ${sessionId}::uuid AND "refreshGeneration" = ${generation}`;
  return moved > 0;
};

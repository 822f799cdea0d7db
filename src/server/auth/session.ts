import { Lucia, TimeSpan } from "lucia";
import { v7 as uuid } from "uuid";
import type { Db, Tx } from "~/server/infra/db";
import type { SessionSummary } from "~/shared/auth";
import type { User } from "~/shared/users";
import { prismaAdapter, renewSession, useWrittenEveryMs } from "./lucia-adapter";

/** A session not used for this long has ended. */
const idleExpiry = new TimeSpan(30, "d");
/** What Lucia makes: 25 random bytes in base 32. Anything else is no token of ours. */
const tokenShape = /^[a-z2-7]{40}$/;

/** The token of an `Authorization: Bearer …` header, or null. */
export const readBearer = (authorization: string | undefined): string | null =>
  authorization?.match(/^Bearer +(\S+)$/i)?.[1] ?? null;

interface SessionAttributes {
  publicId: string;
  createdAt: Date;
  lastUsedAt: Date;
  userAgent: string | null;
  ip: string | null;
}

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, Omit<User, "id">>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: Omit<User, "id">;
  }
}

/** The sessions people are signed in by. The one file that knows Lucia, so that it can be exchanged. */
export interface Sessions {
  /** The token a request brings, as `Authorization: Bearer …` or in our cookie; null when it brings none. */
  readToken(headers: { cookie: string | undefined; authorization: string | undefined }): string | null;
  /** Who is signed in by this token, or null. Counts as use of the session. */
  validate(token: string): Promise<{ user: User; sessionId: string } | null>;
  /** Begins a session in the transaction `tx`. Resolves to its token, which nobody has had before. */
  create(tx: Tx, userId: string, peer: { ip: string; userAgent: string | null }): Promise<string>;
  /** A person's live sessions, the most recently used first. */
  list(userId: string): Promise<Omit<SessionSummary, "current">[]>;
  /** Ends one session of this person in the transaction `tx`. Resolves to whether there was one. */
  end(tx: Tx, userId: string, sessionId: string): Promise<boolean>;
  /** Ends every session of this person but `keptSessionId` in the transaction `tx`. */
  endOthers(tx: Tx, userId: string, keptSessionId: string): Promise<void>;
  /**
   * Moves a session on from this generation of its refresh token to the next one. Resolves to whether it stood at this
   * one. Counts as use of the session.
   */
  renew(sessionId: string, generation: number): Promise<boolean>;
  /** The `Set-Cookie` header that makes a browser keep the token. */
  cookieFor(token: string): string;
  /** The `Set-Cookie` header that makes a browser forget it. */
  blankCookie(): string;
}

/**
 * @param secretKey keys the hash under which tokens are stored: another key ends every session
 * @param secureCookie whether browsers reach us by HTTPS; binds the cookie to it and to this host
 */
export const createSessions = ({
  db,
  secretKey,
  secureCookie,
}: {
  db: Db;
  secretKey: string;
  secureCookie: boolean;
}): Sessions => {
  const luciaOn = (tx: Tx) =>
    new Lucia(prismaAdapter(tx, secretKey), {
      sessionExpiresIn: idleExpiry,
      // The cookie outlives every session: when one ends is the server's to say, so no cookie is ever renewed.
      sessionCookie: {
        name: secureCookie ? "__Host-charla" : "charla",
        expires: false,
        attributes: { secure: secureCookie, sameSite: "lax", path: "/" },
      },
      getSessionAttributes: (attributes) => attributes,
      getUserAttributes: (attributes) => attributes,
    });
  const adapter = prismaAdapter(db, secretKey);
  const lucia = luciaOn(db);
  const cookiePrefix = `${lucia.sessionCookieName}=`;

  return {
    // Not lucia.readSessionCookie: it throws when any cookie of this host holds a stray "%".
    readToken: ({ cookie, authorization }) => {
      const pairs = cookie?.split(";").map((pair) => pair.trim());
      const kept = pairs?.find((pair) => pair.startsWith(cookiePrefix))?.slice(cookiePrefix.length);
      const token = readBearer(authorization) ?? kept;
      return token !== undefined && tokenShape.test(token) ? token : null;
    },

    validate: async (token) => {
      const { session, user } = await lucia.validateSession(token);
      if (!session) return null;
      // Lucia would move the expiry only in the second half of a session's life.
      if (Date.now() - session.lastUsedAt.getTime() >= useWrittenEveryMs) {
        await adapter.updateSessionExpiration(token, new Date(Date.now() + idleExpiry.milliseconds()));
      }
      return { user, sessionId: session.publicId };
    },

    create: async (tx, userId, { ip, userAgent }) => {
      const now = new Date();
      const onTx = luciaOn(tx);
      await onTx.deleteExpiredSessions();
      const session = await onTx.createSession(userId, {
        publicId: uuid(),
        createdAt: now,
        lastUsedAt: now,
        userAgent: userAgent?.slice(0, 512) ?? null,
        ip,
      });
      return session.id;
    },

    list: async (userId) =>
      (await lucia.getUserSessions(userId)).map(
        ({ publicId, createdAt, lastUsedAt, expiresAt, userAgent, ip }) => ({
          id: publicId,
          createdAt,
          lastUsedAt,
          expiresAt,
          userAgent,
          ip,
        }),
      ),

    end: async (tx, userId, sessionId) =>
      (await tx.session.deleteMany({ where: { id: sessionId, userId } })).count > 0,

    endOthers: async (tx, userId, keptSessionId) => {
      await tx.session.deleteMany({ where: { userId, id: { not: keptSessionId } } });
    },

    renew: (sessionId, generation) =>
      renewSession(db, {
        sessionId,
        generation,
        expiresAt: new Date(Date.now() + idleExpiry.milliseconds()),
      }),

    cookieFor: (token) => lucia.createSessionCookie(token).serialize(),
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
  };
};

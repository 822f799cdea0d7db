/**
 * The tokens of programs, signed with keys that are derived from the server's secret. All that knows JWT is here. A token
 * only names a session: whether it still stands is asked of the database each time, so that signing out ends both.
 */
import { hkdfSync, randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Db } from "~/server/infra/db";
import { AppError, type ErrorReason } from "~/shared/errors";
import type { User } from "~/shared/users";
import { findSession } from "./access";

const algorithm = "HS256";
const issuer = "charla";

const downloadTokenSeconds = 60;

const accessClaims = z.object({ sid: z.uuid() });
const refreshClaims = accessClaims.extend({ gen: z.int().min(0) });

/** Which refresh token of which session: each is good once, for the next generation. */
export interface RefreshGrant {
  sessionId: string;
  generation: number;
}

export interface Tokens {
  /** How long an access token is good for. */
  readonly accessTokenSeconds: number;
  signAccess(userId: string, sessionId: string): Promise<string>;
  /** For the address of one download, where it may be seen: good for a minute, and for nothing else. */
  signDownload(userId: string, sessionId: string): Promise<string>;
  /** A refresh token has no end of its own: it ends with its session. */
  signRefresh(userId: string, grant: RefreshGrant): Promise<string>;
  /**
   * Who asks with this access token.
   *
   * @throws AppError `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_ALGORITHM`, `SESSION_ENDED`
   */
  validate(accessToken: string): Promise<{ user: User; sessionId: string }>;
  /** Whose download it is. @throws AppError as {@link validate} */
  validateDownload(downloadToken: string): Promise<{ user: User; sessionId: string }>;
  /** @throws AppError `TOKEN_INVALID`, `TOKEN_ALGORITHM` */
  readRefresh(refreshToken: string): Promise<RefreshGrant>;
}

/** @param secretKey another key makes every token invalid */
export const createTokens = ({
  db,
  secretKey,
  accessTokenMinutes,
}: {
  db: Db;
  secretKey: string;
  accessTokenMinutes: number;
}): Tokens => {
  const accessTokenSeconds = accessTokenMinutes * 60;
  // A key for each use: one kind of token is never taken for the other.
  const keyFor = (use: string) =>
    new Uint8Array(hkdfSync("sha256", secretKey, "", `charla ${use} token`, 32));
  const accessKey = keyFor("access");
  const downloadKey = keyFor("download");
  const refreshKey = keyFor("refresh");

  const signer = (key: Uint8Array, seconds: number) => (userId: string, sessionId: string) => {
    const now = Math.floor(Date.now() / 1000);
    const token = sign({ sid: sessionId }, userId, now).setJti(randomUUID());
    return token.setExpirationTime(now + seconds).sign(key);
  };
  const validator = (key: Uint8Array) => async (token: string) => {
    const { sid } = await verify(token, key, accessClaims);
    const session = await findSession(db, sid);
    if (!session) throw new AppError("SESSION_ENDED");
    return { user: session.user, sessionId: sid };
  };

  return {
    accessTokenSeconds,

    signAccess: signer(accessKey, accessTokenSeconds),
    signDownload: signer(downloadKey, downloadTokenSeconds),

    signRefresh: (userId, { sessionId, generation }) =>
      sign({ sid: sessionId, gen: generation }, userId, Math.floor(Date.now() / 1000)).sign(refreshKey),

    validate: validator(accessKey),
    validateDownload: validator(downloadKey),

    readRefresh: async (refreshToken) => {
      const { sid, gen } = await verify(refreshToken, refreshKey, refreshClaims);
      return { sessionId: sid, generation: gen };
    },
  };
};

const sign = (claims: Record<string, unknown>, userId: string, issuedAt: number): SignJWT =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, typ: "JWT" })
    .setIssuer(issuer)
    .setSubject(userId)
    .setIssuedAt(issuedAt);

const verify = async <T>(token: string, key: Uint8Array, claims: z.ZodType<T>): Promise<T> => {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], issuer });
    return claims.parse(payload);
  } catch (error) {
    throw new AppError(reasonOf(error), { cause: error });
  }
};

const reasonOf = (error: unknown): ErrorReason => {
  if (error instanceof errors.JWTExpired) return "TOKEN_EXPIRED";
  return error instanceof errors.JOSEAlgNotAllowed ? "TOKEN_ALGORITHM" : "TOKEN_INVALID";
};

import type { z } from "zod";
import type { Runtime } from "~/server/runtime";
import type { refreshTokensInput, signInInput, TokenGrant } from "~/shared/auth";
import { AppError } from "~/shared/errors";
import { findSession } from "./access";
import { beginSession } from "./service";
import type { RefreshGrant } from "./tokens";
import type { Visitor } from "./visitor";

/** Signs a program in: a session like a browser's, named by tokens in place of a cookie. */
export const grantByPassword = async (
  visitor: Visitor,
  input: z.infer<typeof signInInput>,
): Promise<TokenGrant> => {
  const { user, token } = await beginSession(visitor, input);
  const session = await visitor.runtime.sessions.validate(token);
  if (!session) throw new AppError("SESSION_ENDED");
  return grant(visitor.runtime, user.id, { sessionId: session.sessionId, generation: 0 });
};

/**
 * Exchanges a refresh token for new tokens. Each is good once: one that comes again was copied, by whom cannot be told,
 * so the session ends for both.
 *
 * @throws AppError `TOKEN_REUSED`, `TOKEN_INVALID`, `TOKEN_ALGORITHM`, `SESSION_ENDED`
 */
export const grantByRefresh = async (
  { runtime }: Visitor,
  input: z.infer<typeof refreshTokensInput>,
): Promise<TokenGrant> => {
  const { sessionId, generation } = await runtime.tokens.readRefresh(input.refresh_token);
  const session = await findSession(runtime.db, sessionId);
  if (!session) throw new AppError("SESSION_ENDED");
  const userId = session.user.id;
  if (!(await runtime.sessions.renew(sessionId, generation))) {
    await runtime.accounts.change([userId], (tx) => runtime.sessions.end(tx, userId, sessionId));
    throw new AppError("TOKEN_REUSED");
  }
  return grant(runtime, userId, { sessionId, generation: generation + 1 });
};

const grant = async ({ tokens }: Runtime, userId: string, next: RefreshGrant): Promise<TokenGrant> => ({
  access_token: await tokens.signAccess(userId, next.sessionId),
  token_type: "bearer",
  expires_in: tokens.accessTokenSeconds,
  refresh_token: await tokens.signRefresh(userId, next),
});

import type { z } from "zod";
import { isUniqueViolation, type Tx } from "~/server/infra/db";
import type {
  changePasswordInput,
  createAccountInput,
  registerInput,
  SessionSummary,
  signInInput,
} from "~/shared/auth";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { toUser, userSelect } from "./access";
import { checkPassword } from "./check-password";
import { addressKey, registrationsPerAddress, signInsPerAddress, takeOrRefuse } from "./limits";
import { hashPassword, isCommonPassword, needsRehash } from "./password";
import { searchNameOf } from "./profile";
import { isRetired } from "./retired-usernames";
import type { Member, Visitor } from "./visitor";

export const register = async (
  visitor: Visitor,
  input: z.infer<typeof registerInput>,
): Promise<{ user: User }> => {
  const { runtime, peer, setCookie } = visitor;
  const { user, token } = await makeAccount(visitor, input, async (tx, user) => ({
    user,
    token: await runtime.sessions.create(tx, user.id, peer),
  }));
  setCookie(runtime.sessions.cookieFor(token));
  return { user };
};

export const createAccount = (
  visitor: Visitor,
  { displayName, ...input }: z.infer<typeof createAccountInput>,
): Promise<User> =>
  makeAccount(visitor, { ...input, displayName: displayName ?? input.username }, async (_, user) => user);

/** Makes an account and does `andThen` in the same transaction. */
const makeAccount = async <T>(
  { runtime, peer }: Visitor,
  { username, displayName, password }: z.infer<typeof registerInput>,
  andThen: (tx: Tx, user: User) => Promise<T>,
): Promise<T> => {
  refuseCommonPassword(password, username, "password");
  await takeOrRefuse(runtime.backplane, registrationsPerAddress, addressKey(peer.ip));
  const passwordHash = await hashPassword(password);
  const taken = (cause?: unknown) =>
    new AppError("USERNAME_TAKEN", { fields: { username: ["usernameTaken"] }, cause });
  try {
    return await runtime.db.$transaction(async (tx) => {
      const searchName = searchNameOf(displayName, username);
      const data = { username, displayName, searchName, passwordHash };
      const user = toUser(await tx.user.create({ data, select: userSelect }));
      // Asked when the name is ours: whoever gave it up at the same moment has retired it by now.
      if (await isRetired(tx, username)) throw taken();
      return andThen(tx, user);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? taken(error) : error;
  }
};

export const signIn = async (
  visitor: Visitor,
  input: z.infer<typeof signInInput>,
): Promise<{ user: User }> => {
  const { user, token } = await beginSession(visitor, input);
  visitor.setCookie(visitor.runtime.sessions.cookieFor(token));
  return { user };
};

/** Begins a session for whoever knows the password. Resolves to its token. */
export const beginSession = async (
  visitor: Visitor,
  input: z.infer<typeof signInInput>,
): Promise<{ user: User; token: string }> => {
  const { runtime, requestId, peer } = visitor;
  await takeOrRefuse(runtime.backplane, signInsPerAddress, addressKey(peer.ip));
  const account = await checkPassword(runtime, input.username, input.password);
  if (!account) {
    // Not the name: people type passwords into the wrong field.
    runtime.log.info({ requestId, ip: peer.ip }, "sign-in refused");
    throw new AppError("BAD_CREDENTIALS");
  }
  const { user, passwordHash: checked } = account;
  const passwordHash = needsRehash(checked) ? await hashPassword(input.password) : checked;
  const token = await runtime.db.$transaction(async (tx) => {
    const where = { id: user.id, passwordHash: checked };
    const { count } = await tx.user.updateMany({ where, data: { passwordHash } });
    return count === 0 ? null : runtime.sessions.create(tx, user.id, peer);
  });
  // The hash has changed since it was checked: an old password must not outlive its change.
  return token === null ? beginSession(visitor, input) : { user, token };
};

export const signOut = async ({ runtime, user, sessionId, setCookie }: Member): Promise<void> => {
  await runtime.accounts.change([user.id], (tx) => runtime.sessions.end(tx, user.id, sessionId));
  setCookie(runtime.sessions.blankCookie());
};

export const changePassword = async (
  { runtime, user, sessionId }: Member,
  { currentPassword, newPassword }: z.infer<typeof changePasswordInput>,
): Promise<void> => {
  refuseCommonPassword(newPassword, user.username, "newPassword");
  const wrongPassword = () =>
    new AppError("WRONG_PASSWORD", { fields: { currentPassword: ["wrongPassword"] } });
  const account = await checkPassword(runtime, user.username, currentPassword);
  if (!account) throw wrongPassword();
  const passwordHash = await hashPassword(newPassword);
  await runtime.accounts.change([user.id], async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: user.id, passwordHash: account.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw wrongPassword();
    await runtime.sessions.endOthers(tx, user.id, sessionId);
  });
};

export const listSessions = async ({ runtime, user, sessionId }: Member): Promise<SessionSummary[]> =>
  (await runtime.sessions.list(user.id)).map((session) => ({
    ...session,
    current: session.id === sessionId,
  }));

/** @throws SESSION_NOT_FOUND when it is nobody's or somebody else's. */
export const revokeSession = async ({ runtime, user }: Member, sessionId: string): Promise<void> => {
  await runtime.accounts.change([user.id], async (tx) => {
    if (!(await runtime.sessions.end(tx, user.id, sessionId))) throw new AppError("SESSION_NOT_FOUND");
  });
};

export const revokeOtherSessions = async ({ runtime, user, sessionId }: Member): Promise<void> => {
  await runtime.accounts.change([user.id], (tx) => runtime.sessions.endOthers(tx, user.id, sessionId));
};

const refuseCommonPassword = (password: string, username: string, field: string): void => {
  if (!isCommonPassword(password, username)) return;
  throw new AppError("PASSWORD_TOO_COMMON", { fields: { [field]: ["passwordTooCommon"] } });
};

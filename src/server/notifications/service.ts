import type { Limit } from "~/server/realtime/backplane";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { DoNotDisturb, PushAddress, PushOutcome } from "~/shared/notifications";
import type { User } from "~/shared/users";

/** On one node. Whoever presses the button again and again sees the same, and push services count what we send. */
const testsPerPerson: Limit = { name: "push-test", points: 10, seconds: 60 };

export const getDoNotDisturb = async ({ db }: Runtime, user: User): Promise<DoNotDisturb> => {
  const { quietUntil } = await db.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { quietUntil: true },
  });
  return { until: quietUntil && quietUntil > new Date() ? quietUntil : null };
};

/** Has nothing call for this person's attention until then. Their open pages learn of it at once. */
export const setDoNotDisturb = async (
  { accounts }: Runtime,
  user: User,
  { until }: DoNotDisturb,
): Promise<void> => {
  await accounts.change([user.id], (tx) =>
    tx.user.update({ where: { id: user.id }, data: { quietUntil: until }, select: { id: true } }),
  );
};

/**
 * Takes down how to call the browser of this session. A browser has one address, whoever signs in to it: with this session
 * it is no other session's any more.
 *
 * @throws AppError `INVALID_INPUT` where no push service can be, or the key is none
 */
export const subscribe = async (
  { db, push }: Runtime,
  sessionId: string,
  address: PushAddress,
): Promise<void> => {
  const fields = push.check(address);
  if (fields) throw new AppError("INVALID_INPUT", { fields });
  await db.$transaction([
    db.pushSubscription.deleteMany({ where: { endpoint: address.endpoint, sessionId: { not: sessionId } } }),
    db.pushSubscription.upsert({ where: { sessionId }, create: { sessionId, ...address }, update: address }),
  ]);
};

export const unsubscribe = async ({ db }: Runtime, sessionId: string): Promise<void> => {
  await db.pushSubscription.deleteMany({ where: { sessionId } });
};

/**
 * Calls this session's browser, whatever its person has turned off, and says what its push service answered.
 *
 * @throws AppError `NOT_SUBSCRIBED`, `RATE_LIMITED`
 */
export const testPush = async (
  { db, push, ownLimits }: Runtime,
  { user, sessionId }: { user: User; sessionId: string },
): Promise<{ outcome: PushOutcome }> => {
  const retryAfterSeconds = await ownLimits.take(testsPerPerson, user.id);
  if (retryAfterSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfterSeconds });
  const address = await db.pushSubscription.findUnique({ where: { sessionId } });
  if (!address) throw new AppError("NOT_SUBSCRIBED");
  return { outcome: await push.send(address, { type: "test" }) };
};

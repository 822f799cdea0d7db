import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import type { User } from "~/shared/users";

export { checkPassword } from "./check-password";
export { takeOrRefuse } from "./limits";
export { retireUsername } from "./retired-usernames";
export type { Member } from "./visitor";

/** The columns that anybody may see of a person: those that {@link toUser} makes a `User` of. */
export const userSelect = {
  id: true,
  username: true,
  displayName: true,
  pictureId: true,
  profileRev: true,
  deletedAt: true,
} as const satisfies Prisma.UserSelect;

export const toUser = ({
  deletedAt,
  ...user
}: Prisma.UserGetPayload<{ select: typeof userSelect }>): User => ({ ...user, deleted: deletedAt !== null });

/** A `User` as one value of a raw query, of the person whom the query calls so. */
export const userJson = (alias: "u" | "person"): Prisma.Sql =>
  Prisma.raw(`jsonb_build_object(
    'id', ${alias}."id", 'username', ${alias}."username", 'displayName', ${alias}."displayName",
    'pictureId', ${alias}."pictureId", 'profileRev', ${alias}."profileRev", 'deleted', ${alias}."deletedAt" IS NOT NULL)`);

/**
 * Which of these people have an account. Until the transaction ends, none of them deletes it.
 */
export const holdAccounts = async (tx: Tx, userIds: string[]): Promise<Set<string>> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "id" = ANY(${userIds}::uuid[]) AND "deletedAt" IS NULL FOR KEY SHARE`;
  return new Set(rows.map(({ id }) => id));
};

/** Whose session this is; null once it has ended or expired. */
export const findSession = async (db: Tx, sessionId: string): Promise<{ user: User } | null> => {
  const [session] = await db.$queryRaw<{ user: User }[]>`
    SELECT ${userJson("u")} AS "user" FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."id" = ${sessionId}::uuid AND s."expiresAt" > ${new Date()}`;
  return session ?? null;
};

/** When this session expires; null once it has ended or expired. */
export const findSessionEnd = async (db: Tx, sessionId: string): Promise<Date | null> => {
  const session = await db.session.findFirst({
    where: { id: sessionId, expiresAt: { gt: new Date() } },
    select: { expiresAt: true },
  });
  return session?.expiresAt ?? null;
};

import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { userJson } from "~/server/auth/access";
import { escapeLike } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import type { Person, searchPeopleInput } from "~/shared/contacts";
import { foldForSearch } from "~/shared/fold-for-search";
import type { User } from "~/shared/users";
import { isFoundBy } from "./access";

/** What was typed, as it stands in `searchName`: words without accents and case, and without the `@` of a mention. */
const wordsOf = (query: string): string[] =>
  foldForSearch(query)
    .split(/\s+/)
    .map((word) => word.replace(/^@/, ""))
    .filter((word) => word !== "");

/**
 * The people in whose name or username every word occurs. First the one of that very username, then usernames that begin
 * so, then names that do, then the rest; each by name.
 */
export const searchPeople = async (
  { db }: Runtime,
  me: User,
  { query, limit }: z.infer<typeof searchPeopleInput>,
): Promise<Person[]> => {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const contains = words.map((word) => Prisma.sql`u."searchName" LIKE ${`%${escapeLike(word)}%`}`);
  const whole = words.join(" ");
  const begins = `${escapeLike(whole)}%`;
  const people = await db.$queryRaw<{ user: User; isContact: boolean; blockedByMe: boolean }[]>`
    SELECT ${userJson("u")} AS "user",
      EXISTS (SELECT 1 FROM "Contact" c WHERE c."ownerId" = ${me.id}::uuid AND c."userId" = u."id") AS "isContact",
      EXISTS (SELECT 1 FROM "Block" b WHERE b."blockerId" = ${me.id}::uuid AND b."blockedId" = u."id") AS "blockedByMe"
    FROM "User" u
    WHERE ${Prisma.join(contains, " AND ")} AND ${isFoundBy(me.id)}
    ORDER BY u."username" <> ${whole}, u."username" NOT LIKE ${begins}, u."searchName" NOT LIKE ${begins},
      u."searchName", u."id"
    LIMIT ${limit}`;
  return people.map(({ user, ...standing }) => ({ ...user, ...standing }));
};

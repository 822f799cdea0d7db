import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { ofKinds } from "~/server/attachments/access";
import { escapeLike } from "~/server/infra/db";
import { foldForSearch } from "~/shared/fold-for-search";
import type { SearchHas, searchMessagesInput } from "~/shared/messages";
import { visibleTo } from "./rows";

type Filters = Pick<z.infer<typeof searchMessagesInput>, "query" | "authorId" | "has">;

/** The trigram index finds nothing shorter. */
const shortestPart = 3;

/** What a message `m` must be to be found by this viewer, but for its room and its time. */
export const searchConditions = (viewer: Prisma.Sql, { query, authorId, has }: Filters): Prisma.Sql[] => [
  visibleTo(viewer),
  ...(query ? [saysOf(foldForSearch(query))] : [Prisma.sql`m."deletedAt" IS NULL AND m."notice" IS NULL`]),
  ...(authorId ? [Prisma.sql`m."authorId" = ${authorId}::uuid`] : []),
  ...has.map((what) => holds(what, authorId)),
];

/** All the words, in any form of Spanish or English; or all of them as parts of others. */
const saysOf = (folded: string): Prisma.Sql => {
  const words = Prisma.sql`m."searchWords" @@ (
    websearch_to_tsquery('spanish', ${folded}) || websearch_to_tsquery('english', ${folded}))`;
  const parts = folded.split(/\s+/);
  if (parts.some((part) => part.length < shortestPart)) return words;
  const isPart = parts.map((part) => Prisma.sql`m."searchBody" LIKE ${`%${escapeLike(part)}%`}`);
  return Prisma.sql`(${words} OR (${Prisma.join(isPart, " AND ")}))`;
};

const holds = (what: SearchHas, authorId: string | undefined): Prisma.Sql => {
  if (what === "link") {
    return Prisma.sql`(m."searchBody" LIKE '%https://%' OR m."searchBody" LIKE '%http://%')`;
  }
  const kinds = what === "file" ? undefined : [what];
  // Said of the files too, whose index by owner is the shorter way.
  const byAuthor = authorId ? Prisma.sql`AND a."ownerId" = ${authorId}::uuid` : Prisma.empty;
  // Most messages have none, which their own row says.
  return Prisma.sql`(m."attachments" <> '[]' AND EXISTS (
    SELECT 1 FROM "Attachment" a WHERE a."messageId" = m."id" AND ${ofKinds(kinds)} ${byAuthor}))`;
};

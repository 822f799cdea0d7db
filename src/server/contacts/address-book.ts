import { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { userJson } from "~/server/auth/access";
import type { Tx } from "~/server/infra/db";
import type { Runtime } from "~/server/runtime";
import { type Contact, contactSchema } from "~/shared/contacts";
import { bothShare, isMutual } from "./access";
import { directKeyOfContact } from "./direct-room";

/** How long an address book can be out of date in what its owner's rev does not count: other people's names. */
const ttlSeconds = 60;

/** A contact without presence, which is never cached, and with what decides whether it is shown. */
const entrySchema = contactSchema
  .omit({ presence: true })
  .extend({ createdAt: z.coerce.date(), seesPresence: z.boolean() });
type Entry = z.infer<typeof entrySchema>;

/**
 * A person's contacts, by name. Kept in the backplane under the owner's rev, which every change of contacts, requests and
 * blocks advances in its own transaction: what was written before a change cannot be found after it.
 */
export const readAddressBook = async ({ db, backplane }: Runtime, ownerId: string): Promise<Entry[]> => {
  const { rev } = await db.user.findUniqueOrThrow({ where: { id: ownerId }, select: { rev: true } });
  const key = `contacts:${ownerId}:${rev}`;
  // Where the cache holds nothing, or what another version of us wrote, the database answers.
  const cached = z.array(entrySchema).safeParse(JSON.parse((await backplane.cache.get(key)) ?? "null"));
  if (cached.success) return cached.data;
  const entries = await readEntries(db, ownerId);
  await backplane.cache.set(key, JSON.stringify(entries), ttlSeconds);
  return entries;
};

/** Adds the presence of those who let it be seen. */
export const withPresence = async ({ presence }: Runtime, entries: Entry[]): Promise<Contact[]> => {
  const presences = await presence.of(
    entries.filter((entry) => entry.seesPresence).map(({ user }) => user.id),
  );
  return entries.map(({ seesPresence: _, ...contact }) => ({
    ...contact,
    presence: presences.get(contact.user.id) ?? null,
  }));
};

/** The contacts themselves, from the database: all, or the one that is this user. */
export const readEntries = (db: Tx, ownerId: string, userId?: string): Promise<Entry[]> => {
  const only = userId === undefined ? Prisma.empty : Prisma.sql`AND c."userId" = ${userId}::uuid`;
  return db.$queryRaw<Entry[]>`
    SELECT c."id", c."createdAt", ${userJson("u")} AS "user", m."roomId",
      ${isMutual} AND ${bothShare("presence")} AS "seesPresence"
    FROM "Contact" c
    JOIN "User" u ON u."id" = c."userId"
    JOIN "Room" r ON r."directKey" = ${directKeyOfContact}
    JOIN "Membership" m ON m."roomId" = r."id" AND m."userId" = c."ownerId"
    JOIN "Membership" peer ON peer."roomId" = r."id" AND peer."userId" = c."userId"
    WHERE c."ownerId" = ${ownerId}::uuid ${only}
    ORDER BY u."searchName", u."id"`;
};

import { createHash, randomUUID } from "node:crypto";
import { hashToken } from "~/server/auth/lucia-adapter";
import type { Installation } from "./installation";

/** People with sessions, made past the doors: a thousand registrations would be a thousand argon2 hashes. */
export const seedPeople = async (
  { db, secretKey }: Installation,
  count: number,
): Promise<{ ids: string[]; cookies: string[] }> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const person = (id: string) => ({
    id,
    username: `bench-${id.slice(0, 13)}`,
    displayName: `Person ${id.slice(0, 4)}`,
    searchName: `person ${id.slice(0, 4)}`,
    passwordHash: "none",
  });
  await db.user.createMany({ data: ids.map(person) });
  const tokens = ids.map(() =>
    createHash("sha256")
      .update(randomUUID())
      .digest("hex")
      .replace(/[0189]/g, "a")
      .slice(0, 40),
  );
  const expiresAt = new Date(Date.now() + 24 * 60 * 60 * 1000);
  await db.session.createMany({
    data: tokens.map((token, index) => ({
      tokenHash: hashToken(token, secretKey),
      userId: ids[index] ?? "",
      expiresAt,
    })),
  });
  const cookies = tokens.map((token) => `charla=${token}`);
  return { ids, cookies };
};

/** A group of these people, who are all in it. */
export const seedGroup = async ({ db }: Installation, ids: string[]): Promise<string> => {
  const { id } = await db.room.create({ data: { kind: "GROUP", title: "Bench" }, select: { id: true } });
  await db.membership.createMany({
    data: ids.map((userId, index) => ({
      roomId: id,
      userId,
      acceptedAt: new Date(),
      role: index === 0 ? "OWNER" : "MEMBER",
    })),
  });
  return id;
};

/** The 1:1 room of two people who both have accepted it. */
export const seedDirectRoom = async ({ db }: Installation, ids: string[]): Promise<string> => {
  const directKey = ids.toSorted().join(":");
  const { id } = await db.room.create({ data: { kind: "DIRECT", directKey }, select: { id: true } });
  await db.membership.createMany({
    data: ids.map((userId) => ({ roomId: id, userId, acceptedAt: new Date() })),
  });
  return id;
};

/** Groups of `size` people each, with their sessions. */
export const seedGroups = async (installation: Installation, count: number, size: number) => {
  const groups: { roomId: string; cookies: string[]; lastRev: number }[] = [];
  for (let made = 0; made < count; made += 1) {
    const { ids, cookies } = await seedPeople(installation, size);
    groups.push({ roomId: await seedGroup(installation, ids), cookies, lastRev: 0 });
  }
  return groups;
};

/** Messages written past the doors, by the database itself, with nothing to be found by a search. */
export const seedHistory = async (
  { db }: Installation,
  { roomId, authorId, count }: { roomId: string; authorId: string; count: number },
): Promise<void> => {
  const atOnce = 10_000; // what a statement's time-out allows on a slow day
  for (let from = 1; from <= count; from += atOnce) {
    const to = Math.min(count, from + atOnce - 1);
    await db.$executeRaw`
      INSERT INTO "Message" ("id", "roomId", "seq", "rev", "authorId", "clientId", "body", "createdAt")
      SELECT gen_random_uuid(), ${roomId}::uuid, n, n, ${authorId}::uuid, gen_random_uuid(),
        'Message ' || n || ': we meet at seven at the station; bring the map and something warm.', now()
      FROM generate_series(${from}::int, ${to}::int) n`;
  }
  await db.room.update({ where: { id: roomId }, data: { lastSeq: count, lastRev: count } });
  await db.$executeRaw`ANALYZE "Message"`;
};

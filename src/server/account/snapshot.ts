import { Prisma } from "~/generated/prisma/client";
import { toUser, userJson, userSelect } from "~/server/auth/access";
import type { Db, Tx } from "~/server/infra/db";
import { type MessageRow, messageColumns, toChange, visibleTo } from "~/server/messages/access";
import { joinPeer, toRole } from "~/server/rooms/access";
import type { User } from "~/shared/users";
import { eachPage, itemsPerPage, jsonLines } from "./json-pages";
import type { Spool, SpooledPart } from "./spool";

/** An uploaded file, as its row stood. */
export interface OwnFile {
  id: string;
  name: string;
  size: number;
}

/** Everything that a person has here, as it stood in one moment. */
export interface Snapshot {
  /** The documents, by their path in the export. */
  documents: Map<string, SpooledPart>;
  files: OwnFile[];
  pictureId: string | null;
}

/** A chat with more than this takes its time; no answer of a person's own takes longer. */
const timeoutMs = 10 * 60_000;

/**
 * Reads everything that a person has into the spool, page by page, in one transaction that sees one moment.
 *
 * @throws the signal's reason when it is aborted
 */
export const readSnapshot = (db: Db, user: User, spool: Spool, signal: AbortSignal): Promise<Snapshot> =>
  db.$transaction(
    async (tx) => {
      const documents = new Map<string, SpooledPart>();
      const add = async (name: string, chunks: AsyncIterable<string> | Iterable<string>) => {
        signal.throwIfAborted();
        documents.set(name, await spool.write(unlessAborted(chunks, signal)));
      };
      const { pictureId, ...profile } = await readProfile(tx, user.id);
      await add("profile.json", [`${JSON.stringify(profile, null, 2)}\n`]);
      await add("sessions.json", jsonLines(only(readSessions(tx, user.id))));
      await add("contacts.json", jsonLines(only(readContacts(tx, user.id))));
      await add("blocked.json", jsonLines(only(readBlocked(tx, user.id))));
      const rooms = await readRooms(tx, user.id);
      await add("rooms.json", jsonLines(only(Promise.resolve(rooms))));
      for (const { id } of rooms) await add(`messages/${id}.json`, jsonLines(readMessages(tx, user.id, id)));
      await add("messages/elsewhere.json", jsonLines(readMessagesElsewhere(tx, user.id)));
      return { documents, files: await readFiles(tx, user.id), pictureId };
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: timeoutMs },
  );

async function* unlessAborted(chunks: AsyncIterable<string> | Iterable<string>, signal: AbortSignal) {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

async function* only<T>(page: Promise<T[]>): AsyncGenerator<T[]> {
  yield await page;
}

const readProfile = (tx: Tx, userId: string) =>
  tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      id: true,
      username: true,
      displayName: true,
      pictureId: true,
      sharesReading: true,
      sharesPresence: true,
      quietUntil: true,
      lastSeenAt: true,
      createdAt: true,
    },
  });

/** Without what one could be signed in by. */
const readSessions = (tx: Tx, userId: string) =>
  tx.session.findMany({
    where: { userId },
    select: { id: true, createdAt: true, lastUsedAt: true, expiresAt: true, userAgent: true, ip: true },
    orderBy: { createdAt: "asc" },
  });

const readContacts = async (tx: Tx, ownerId: string) => {
  const contacts = await tx.contact.findMany({
    where: { ownerId },
    select: { createdAt: true, user: { select: userSelect } },
    orderBy: { createdAt: "asc" },
  });
  return contacts.map(({ createdAt, user }) => ({ user: toUser(user), createdAt }));
};

const readBlocked = async (tx: Tx, blockerId: string) => {
  const blocks = await tx.block.findMany({
    where: { blockerId },
    select: { createdAt: true, blocked: { select: userSelect } },
    orderBy: { createdAt: "asc" },
  });
  return blocks.map(({ createdAt, blocked }) => ({ user: toUser(blocked), createdAt }));
};

/** The rooms that this person sees, and what they are in each. Of a request nobody knows before it says something. */
const readRooms = async (tx: Tx, userId: string) => {
  const rows = await tx.$queryRaw<RoomRow[]>`
    SELECT r."id", r."kind", r."title", r."createdAt", m."role", m."joinedAt", m."acceptedAt", m."mutedUntil",
      m."lastReadSeq", CASE WHEN u."id" IS NOT NULL THEN ${userJson("u")} END AS "peer"
    FROM "Membership" m ${joinPeer}
    LEFT JOIN "User" u ON u."id" = peer."userId"
    WHERE m."userId" = ${userId}::uuid AND (m."acceptedAt" IS NOT NULL OR mine."blockerId" IS NULL AND EXISTS (
      SELECT 1 FROM "Message" m WHERE m."roomId" = r."id" AND ${visibleTo(Prisma.sql`${userId}::uuid`)}))
    ORDER BY m."joinedAt", r."id"`;
  return rows.map(({ kind, role, ...row }) => ({
    ...row,
    kind: kind === "DIRECT" ? "direct" : "group",
    role: toRole[role],
  }));
};

interface RoomRow {
  id: string;
  kind: "DIRECT" | "GROUP";
  title: string | null;
  createdAt: Date;
  role: keyof typeof toRole;
  joinedAt: Date;
  acceptedAt: Date | null;
  mutedUntil: Date | null;
  lastReadSeq: number;
  peer: User | null;
}

const toMessages = (rows: MessageRow[]) => rows.map((row) => toChange(row).message);

/** What this person may read in a room, and what they wrote there and deleted for themselves alone. */
const readMessages = (tx: Tx, userId: string, roomId: string) =>
  eachPage(async (last?: { seq: number }) =>
    toMessages(
      await tx.$queryRaw<MessageRow[]>`
        SELECT ${messageColumns} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."roomId" = ${roomId}::uuid AND m."seq" > ${last?.seq ?? 0}
          AND (m."authorId" = ${userId}::uuid OR ${visibleTo(Prisma.sql`${userId}::uuid`)})
        ORDER BY m."seq" LIMIT ${itemsPerPage}`,
    ),
  );

const lowestId = "00000000-0000-0000-0000-000000000000";

/** What this person wrote in rooms that they are in no more, in the order of an index that there is. */
const readMessagesElsewhere = (tx: Tx, userId: string) =>
  eachPage(async (last?: { clientId: string }) =>
    toMessages(
      await tx.$queryRaw<MessageRow[]>`
        SELECT ${messageColumns} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."authorId" = ${userId}::uuid AND m."clientId" > ${last?.clientId ?? lowestId}::uuid
          AND m."notice" IS NULL AND m."deletedAt" IS NULL AND NOT EXISTS (
            SELECT 1 FROM "Membership" o WHERE o."roomId" = m."roomId" AND o."userId" = ${userId}::uuid)
        ORDER BY m."clientId" LIMIT ${itemsPerPage}`,
    ),
  );

const readFiles = (tx: Tx, ownerId: string): Promise<OwnFile[]> =>
  tx.attachment.findMany({
    where: { ownerId, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { id: true, name: true, size: true },
    orderBy: { id: "asc" },
  });

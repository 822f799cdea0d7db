import { Prisma } from "~/generated/prisma/client";
import { type AttachmentFacts, toAttachment } from "~/server/attachments/access";
import { userJson } from "~/server/auth/access";
import type { Db } from "~/server/infra/db";
import type { Change } from "~/server/realtime/events";
import type { Message } from "~/shared/messages";
import type { User } from "~/shared/users";
import { type StoredNotice, toNotice } from "./notice";

const columns = (rev: Prisma.Sql): Prisma.Sql => Prisma.sql`
  m."id", m."roomId", m."seq", ${rev} AS "rev", m."clientId", m."body", m."replyToSeq", m."reactions",
  m."attachments", m."notice", m."withheld", m."createdAt", m."editedAt", m."deletedAt", ${userJson("u")} AS "author",
  CASE WHEN m."notice" IS NOT NULL THEN (
    SELECT jsonb_object_agg(person."id", ${userJson("person")}) FROM "User" person
    WHERE person."id" IN (
      SELECT (named #>> '{}')::uuid FROM jsonb_path_query(m."notice", 'strict $.**.id') named)) END AS "named"`;

/** A message's row with its author, as every raw query of this folder selects it: `FROM "Message" m JOIN "User" u`. */
export const messageColumns = columns(Prisma.sql`m."rev"`);

/** The same as one of its readers knows it, who may have deleted it for themselves and have it back since. */
export const messageColumnsFor = (viewer: Prisma.Sql): Prisma.Sql =>
  columns(Prisma.sql`GREATEST(m."rev", (
    SELECT h."rev" FROM "Hiding" h WHERE h."userId" = ${viewer} AND h."roomId" = m."roomId" AND h."seq" = m."seq"))`);

export interface MessageRow {
  id: string;
  roomId: string;
  seq: number;
  rev: number;
  clientId: string;
  body: string;
  replyToSeq: number | null;
  reactions: Record<string, string[]>;
  attachments: AttachmentFacts[];
  notice: StoredNotice | null;
  withheld: boolean;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  author: User;
  /** Whom the notice names, by their ids. */
  named: Record<string, User> | null;
}

export const toChange = ({ author, named, withheld, ...message }: MessageRow): Change => ({
  message: {
    id: message.id,
    roomId: message.roomId,
    seq: message.seq,
    rev: message.rev,
    clientId: message.clientId,
    author,
    body: message.body,
    replyToSeq: message.replyToSeq,
    reactions: Object.entries(message.reactions).map(([emoji, userIds]) => ({ emoji, userIds })),
    attachments: message.attachments.map(toAttachment),
    notice: message.notice && toNotice(message.notice, named ?? {}),
    createdAt: message.createdAt,
    editedAt: message.editedAt,
    deletedAt: message.deletedAt,
  },
  onlyFor: withheld ? author.id : null,
});

/** What a send is known by, for ever. */
export const keyOf = (send: { authorId: string; clientId: string }): string =>
  `${send.authorId}:${send.clientId}`;

export const byKey = (rows: MessageRow[]): Map<string, Change> =>
  new Map(rows.map((row) => [keyOf({ authorId: row.author.id, clientId: row.clientId }), toChange(row)]));

/** What the column `searchWords` holds of a folded text: both languages' stems, since people mix them. */
export const searchWords = (folded: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`to_tsvector('spanish', ${folded}) || to_tsvector('english', ${folded})`;

/** Whether somebody has deleted a message for themselves. `message` is its alias, `viewer` a uuid in SQL. */
export const isHiddenFrom = (viewer: Prisma.Sql, message: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM "Hiding" h WHERE h."userId" = ${viewer} AND h."roomId" = ${message}."roomId"
    AND h."seq" = ${message}."seq" AND h."hiddenAt" IS NOT NULL)`;

/** Withheld messages exist for their author alone, and for nobody those they deleted for themselves. Of the message `m`. */
export const visibleTo = (viewer: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  (NOT m."withheld" OR m."authorId" = ${viewer}) AND NOT ${isHiddenFrom(viewer, Prisma.sql`m`)})`;

/** That somebody deleted a message for themselves, or has it back: the columns of their "Hiding" `h`. */
export const hidingColumns = Prisma.sql`h."rev" AS "ownRev", h."userId" AS "viewerId", h."hiddenAt"`;

interface Hiding {
  ownRev: number;
  viewerId: string;
  hiddenAt: Date | null;
}
/** A message with what one person made of it, if anything: {@link messageColumns} and {@link hidingColumns}. */
export type OwnRow = MessageRow & (Hiding | { [Column in keyof Hiding]: null });

/** The change that a message, or what one person made of it, is at present. */
export const toOwnChange = ({ ownRev, viewerId, hiddenAt, ...row }: OwnRow): Change => {
  const change = toChange(row);
  if (viewerId === null) return change;
  const message = { ...change.message, rev: ownRev };
  return {
    message: hiddenAt ? hide(message, hiddenAt) : message,
    onlyFor: viewerId,
    hides: hiddenAt !== null,
  };
};

const hide = (message: Message, hiddenAt: Date): Message => ({
  ...message,
  body: "",
  replyToSeq: null,
  reactions: [],
  attachments: [],
  deletedAt: message.deletedAt ?? hiddenAt,
  hidden: true,
});

/**
 * The room's changes feed: everything past `rev`, ascending by rev, `limit` at most. Revs are given out under the room's
 * lock, so what is visible is always a prefix: nothing can turn up later below what was read. One statement, so that it
 * is one moment.
 */
export const readChanges = async (db: Db, roomId: string, rev: number, limit: number): Promise<Change[]> => {
  const rows = await db.$queryRaw<OwnRow[]>`
    SELECT * FROM (
      (SELECT ${messageColumns}, NULL::int AS "ownRev", NULL::uuid AS "viewerId", NULL::timestamptz AS "hiddenAt"
        FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
        WHERE m."roomId" = ${roomId}::uuid AND m."rev" > ${rev}
        ORDER BY m."rev" LIMIT ${limit})
      UNION ALL
      (SELECT ${messageColumns}, ${hidingColumns}
        FROM "Hiding" h
        JOIN "Message" m ON m."roomId" = h."roomId" AND m."seq" = h."seq"
        JOIN "User" u ON u."id" = m."authorId"
        WHERE h."roomId" = ${roomId}::uuid AND h."rev" > ${rev}
        ORDER BY h."rev" LIMIT ${limit})
    ) c ORDER BY COALESCE(c."ownRev", c."rev") LIMIT ${limit}`;
  return rows.map(toOwnChange);
};

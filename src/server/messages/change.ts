import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import { release } from "~/server/attachments/access";
import type { Tx } from "~/server/infra/db";
import { type RoomMembership, requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import { foldForSearch } from "~/shared/fold-for-search";
import { editWindowMinutes, reactionsPerMessage } from "~/shared/limits";
import type { deleteMessageInput, editMessageInput, Message, reactInput } from "~/shared/messages";
import type { User } from "~/shared/users";
import { type MessageRow, messageColumnsFor, searchWords, toChange, visibleTo } from "./rows";

/** What a change leaves different in the row. */
type Changed = Partial<Pick<MessageRow, "body" | "reactions" | "attachments" | "editedAt" | "deletedAt">>;

/**
 * Replaces the text of a message of one's own.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `ROOM_CLOSED`, `BLOCKED_BY_YOU`, `MESSAGE_NOT_FOUND` also for somebody else's,
 * `EDIT_WINDOW_CLOSED`
 */
export const editMessage = (
  runtime: Runtime,
  user: User,
  { body, ...place }: z.infer<typeof editMessageInput>,
): Promise<Message> =>
  change(runtime, user, place, (row) => {
    if (row.author.id !== user.id || row.deletedAt || row.notice) throw new AppError("MESSAGE_NOT_FOUND");
    if (row.body === body) return null;
    const age = Date.now() - row.createdAt.getTime();
    if (age > editWindowMinutes * 60_000) throw new AppError("EDIT_WINDOW_CLOSED");
    return { body, editedAt: new Date() };
  });

/**
 * Deletes a message for everybody: its place stays as a tombstone, its text, files and reactions go. One's own, and in groups
 * an admin everybody's. Deleting twice is the same as once.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `MESSAGE_NOT_FOUND` also for one that is not theirs to delete
 */
export const deleteMessage = (
  runtime: Runtime,
  user: User,
  place: z.infer<typeof deleteMessageInput>,
): Promise<Message> =>
  change(runtime, user, place, (row, { isAdmin }) => {
    if ((row.author.id !== user.id && !isAdmin) || row.notice) throw new AppError("MESSAGE_NOT_FOUND");
    return row.deletedAt ? null : { body: "", reactions: {}, attachments: [], deletedAt: new Date() };
  });

/**
 * Puts one's reaction under a message, or takes it back.
 *
 * @throws AppError `ROOM_NOT_FOUND`, `ROOM_CLOSED`, `BLOCKED_BY_YOU`, `MESSAGE_NOT_FOUND`, `TOO_MANY_REACTIONS`
 */
export const react = (
  runtime: Runtime,
  user: User,
  { emoji, on, ...place }: z.infer<typeof reactInput>,
): Promise<Message> =>
  change(runtime, user, place, (row) => {
    if (row.deletedAt || row.notice) throw new AppError("MESSAGE_NOT_FOUND");
    const { [emoji]: before = [], ...others } = row.reactions;
    if (before.includes(user.id) === on) return null;
    const after = on ? [...before, user.id] : before.filter((id) => id !== user.id);
    if (after.length === 0) return { reactions: others };
    const reactions = { ...row.reactions, [emoji]: after };
    if (Object.keys(reactions).length > reactionsPerMessage) throw new AppError("TOO_MANY_REACTIONS");
    return { reactions };
  });

/**
 * Changes one message under its room's lock: the row takes the room's next rev, and the change is announced. `decide`
 * says what becomes different, or null where nothing does.
 *
 * Who is blocked by the peer is to notice nothing and to reach nobody: their changes to what the peer can see do nothing.
 * Only a tombstone they may still leave.
 */
const change = async (
  runtime: Runtime,
  user: User,
  { roomId, seq }: { roomId: string; seq: number },
  decide: (row: MessageRow, membership: RoomMembership) => Changed | null,
): Promise<Message> => {
  const membership = await requireMembership(runtime.db, user.id, roomId);
  const { before, after } = await runtime.db.$transaction(async (tx) => {
    const [room] = await tx.$queryRaw<{ rev: number; isClosed: boolean }[]>`
      SELECT "lastRev" + 1 AS "rev", "closedAt" IS NOT NULL AS "isClosed" FROM "Room" WHERE "id" = ${roomId}::uuid FOR NO KEY UPDATE`;
    const row = await readRow(tx, user.id, roomId, seq);
    if (!room || !row) throw new AppError("MESSAGE_NOT_FOUND");
    const changed = decide(row, membership);
    if (changed && !changed.deletedAt) {
      if (room.isClosed) throw new AppError("ROOM_CLOSED");
      if (membership.blockedByMe) throw new AppError("BLOCKED_BY_YOU");
      if (membership.blockedByPeer && !row.withheld) return { before: row, after: null };
    }
    return { before: row, after: changed && (await store(tx, { ...row, ...changed, rev: room.rev })) };
  });
  if (!after) return toChange(before).message;
  runtime.rooms.publish(roomId, { type: "changes", changes: [toChange(after)] });
  return toChange(after).message;
};

const readRow = async (
  tx: Tx,
  userId: string,
  roomId: string,
  seq: number,
): Promise<MessageRow | undefined> => {
  const viewer = Prisma.sql`${userId}::uuid`;
  const [row] = await tx.$queryRaw<MessageRow[]>`
    SELECT ${messageColumnsFor(viewer)} FROM "Message" m JOIN "User" u ON u."id" = m."authorId"
    WHERE m."roomId" = ${roomId}::uuid AND m."seq" = ${seq} AND ${visibleTo(viewer)}`;
  return row;
};

const store = async (tx: Tx, row: MessageRow): Promise<MessageRow> => {
  const { id, roomId, rev, body, reactions, attachments, editedAt, deletedAt } = row;
  const searchBody = foldForSearch(body);
  await tx.$executeRaw`
    UPDATE "Message" SET "rev" = ${rev}, "body" = ${body}, "reactions" = ${JSON.stringify(reactions)}::jsonb,
      "attachments" = ${JSON.stringify(attachments)}::jsonb,
      "searchBody" = ${searchBody}, "searchWords" = ${searchWords(Prisma.sql`${searchBody}::text`)},
      "editedAt" = ${editedAt}, "deletedAt" = ${deletedAt}
    WHERE "id" = ${id}::uuid`;
  await tx.room.update({ where: { id: roomId }, data: { lastRev: rev } });
  if (deletedAt) await release(tx, [id]);
  return row;
};

import type { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import type { Change } from "~/server/realtime/events";
import { requireMembership, type View } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import { AppError } from "~/shared/errors";
import type { hideMessageInput, Message } from "~/shared/messages";
import type { User } from "~/shared/users";
import { hidingColumns, messageColumnsFor, type OwnRow, toChange, toOwnChange } from "./rows";

/**
 * Deletes a message for this person alone, on all their devices, or gives it back to them. It takes the room's next rev and
 * is in its changes feed like any change, for this person alone: nobody else hears of it.
 *
 * @returns the message as they are to see it from now on
 * @throws AppError `ROOM_NOT_FOUND`, `MESSAGE_NOT_FOUND` also for a notice
 */
export const hideMessage = async (
  runtime: Runtime,
  user: User,
  { on, ...place }: z.infer<typeof hideMessageInput>,
): Promise<Message> => {
  await requireMembership(runtime.db, user.id, place.roomId);
  const view = { ...place, userId: user.id };
  const { change, isNew } = await runtime.db.$transaction(async (tx) => {
    const [room] = await tx.$queryRaw<{ rev: number }[]>`
      SELECT "lastRev" + 1 AS "rev" FROM "Room" WHERE "id" = ${place.roomId}::uuid FOR NO KEY UPDATE`;
    const before = await readRow(tx, view);
    if (!room || !before || before.notice) throw new AppError("MESSAGE_NOT_FOUND");
    if (on && before.hiddenAt) return { change: toOwnChange(before), isNew: false };
    if (!on && !before.hiddenAt) return { change: toChange(before), isNew: false };
    const hiding = { rev: room.rev, hiddenAt: on ? new Date() : null };
    await tx.hiding.upsert({
      where: { userId_roomId_seq: view },
      create: { ...view, ...hiding },
      update: hiding,
    });
    await tx.room.update({ where: { id: place.roomId }, data: { lastRev: room.rev } });
    const own = { viewerId: user.id, ownRev: room.rev, hiddenAt: hiding.hiddenAt };
    return { change: toOwnChange({ ...before, ...own }), isNew: true };
  });
  if (isNew) runtime.rooms.publish(place.roomId, { type: "changes", changes: [change] });
  return change.message;
};

/** The message with what this person has made of it; nothing where it was never theirs to see. */
const readRow = async (
  tx: Tx,
  { userId, roomId, seq }: View & { seq: number },
): Promise<OwnRow | undefined> => {
  const viewer = Prisma.sql`${userId}::uuid`;
  const [row] = await tx.$queryRaw<OwnRow[]>`
    SELECT ${messageColumnsFor(viewer)}, ${hidingColumns}
    FROM "Message" m
    JOIN "User" u ON u."id" = m."authorId"
    LEFT JOIN "Hiding" h ON h."userId" = ${viewer} AND h."roomId" = m."roomId" AND h."seq" = m."seq"
    WHERE m."roomId" = ${roomId}::uuid AND m."seq" = ${seq} AND (NOT m."withheld" OR m."authorId" = ${viewer})`;
  return row;
};

/** Leaves out of a room's changes what this person has deleted for themselves; what they change meanwhile counts at once. */
export const withoutHidden = async (
  { db }: Pick<Runtime, "db">,
  { userId, roomId }: View,
): Promise<(change: Change) => boolean> => {
  const rows = await db.hiding.findMany({
    where: { userId, roomId, hiddenAt: { not: null } },
    select: { seq: true },
  });
  const hidden = new Set(rows.map(({ seq }) => seq));
  return ({ message: { seq }, hides }) => {
    if (hides === undefined) return !hidden.has(seq);
    if (hides) hidden.add(seq);
    else hidden.delete(seq);
    return true;
  };
};

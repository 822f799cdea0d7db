import type { z } from "zod";
import { releaseUnsent } from "~/server/attachments/access";
import { checkPassword, type Member, retireUsername } from "~/server/auth/access";
import { leaveForGood } from "~/server/groups/access";
import { isRace, type Tx } from "~/server/infra/db";
import { announceSent, type Sent } from "~/server/messages/access";
import { closeDirectRooms, lockRoomsOf } from "~/server/rooms/access";
import type { deleteAccountInput } from "~/shared/account";
import { AppError } from "~/shared/errors";

/** Times that it is tried when something else happens to the same rooms and people at the same moment. */
const tries = 5;

/** They came into another room while theirs were being locked. */
class Overtaken extends Error {}

/**
 * Deletes an account, for good. What it says of a person goes: name, username, password, picture, contacts, blocks, sessions
 * with their live streams, uploads that were not sent. Their row stays for what they wrote, as a tombstone; what they wrote
 * stays too, unless it is to go. Groups of theirs pass to somebody else, 1:1 rooms close. The username is nobody's any more.
 *
 * @throws AppError `WRONG_PASSWORD`, `RATE_LIMITED`
 */
export const deleteAccount = async (
  { runtime, user, setCookie }: Member,
  { password, eraseMessages }: z.infer<typeof deleteAccountInput>,
): Promise<void> => {
  const { accounts, rooms, profiles, eraser, sessions } = runtime;
  const checked = await checkPassword(runtime, user.username, password);
  if (!checked) throw new AppError("WRONG_PASSWORD", { fields: { password: ["wrongPassword"] } });
  const { passwordHash } = checked;
  const told = await unlessOvertaken(() =>
    accounts.change([user.id], async (tx, alsoAffects) => {
      const gone = await leaveRooms(tx, user.id, passwordHash);
      alsoAffects(gone.affectedIds);
      await anonymise(tx, user.id, user.username);
      if (eraseMessages) await tx.erasure.create({ data: { userId: user.id }, select: { userId: true } });
      return gone.told;
    }),
  );
  announceSent(rooms, told);
  profiles.announce();
  if (eraseMessages) eraser.wake();
  setCookie(sessions.blankCookie());
};

const unlessOvertaken = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 1 || !(isRace(error) || error instanceof Overtaken)) throw error;
    }
  }
};

/**
 * Rooms are locked first, as by everything else that is done in them, then the person's row, as by nothing else: whoever
 * would take them into another room has to wait, and then finds nobody.
 */
const leaveRooms = async (
  tx: Tx,
  userId: string,
  passwordHash: string,
): Promise<{ told: Sent[]; affectedIds: string[] }> => {
  const rooms = await lockRoomsOf(tx, userId);
  const [account] = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "id" = ${userId}::uuid AND "passwordHash" = ${passwordHash} FOR UPDATE`;
  if (!account) throw new AppError("WRONG_PASSWORD", { fields: { password: ["wrongPassword"] } });
  if ((await tx.membership.count({ where: { userId } })) !== rooms.length) throw new Overtaken();
  const idsOf = (kind: string) => rooms.filter((room) => room.kind === kind).map(({ roomId }) => roomId);
  const { told, heirIds } = await leaveForGood(tx, userId, idsOf("GROUP"));
  const peerIds = await closeDirectRooms(tx, userId, idsOf("DIRECT"));
  return { told, affectedIds: [...heirIds, ...peerIds] };
};

/** An update, not the end of the row: what was written keeps its author. */
const anonymise = async (tx: Tx, userId: string, username: string): Promise<void> => {
  await retireUsername(tx, username);
  await tx.session.deleteMany({ where: { userId } });
  await tx.contact.deleteMany({ where: { OR: [{ ownerId: userId }, { userId }] } });
  await tx.block.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
  await releaseUnsent(tx, userId);
  await tx.picture.updateMany({
    where: { OR: [{ user: { id: userId } }, { ownerId: userId, room: null }] },
    data: { expiresAt: new Date() },
  });
  const now = new Date();
  await tx.user.update({
    where: { id: userId },
    data: {
      // No name that anybody can have begins so.
      username: `~${userId}`,
      displayName: "Deleted account",
      searchName: "",
      passwordHash: "",
      pictureId: null,
      profileRev: { increment: 1 },
      profileChangedAt: now,
      deletedAt: now,
      quietUntil: null,
      lastSeenAt: now,
    },
    select: { id: true },
  });
};

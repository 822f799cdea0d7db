import type { z } from "zod";
import { holdAccounts, toUser, userSelect } from "~/server/auth/access";
import { acceptRequest as acceptRoom } from "~/server/groups/access";
import { requireMembership } from "~/server/rooms/access";
import type { Runtime } from "~/server/runtime";
import type { addContactInput, Contact, contactListSchema } from "~/shared/contacts";
import { AppError } from "~/shared/errors";
import type { User } from "~/shared/users";
import { readAddressBook, readEntries, withPresence } from "./address-book";
import { openDirectRoom } from "./direct-room";

export const listContacts = async (
  runtime: Runtime,
  me: User,
): Promise<z.infer<typeof contactListSchema>> => ({
  items: await withPresence(runtime, await readAddressBook(runtime, me.id)),
  nextCursor: null,
});

/**
 * Puts somebody on my list and opens the 1:1 room; if they had asked to write to me, that accepts it.
 *
 * @throws AppError `USER_NOT_FOUND` for nobody's name and for somebody who has blocked me alike, `CANNOT_ADD_YOURSELF`,
 * `BLOCKED_BY_YOU`
 */
export const addContact = async (
  runtime: Runtime,
  me: User,
  input: z.infer<typeof addContactInput>,
): Promise<Contact> => {
  const person = await findAddable(runtime, me, input);
  if (!person.isContact) {
    await runtime.accounts.change([me.id, person.id], async (tx) => {
      if ((await holdAccounts(tx, [me.id, person.id])).size < 2) throw new AppError("USER_NOT_FOUND");
      await openDirectRoom(tx, me.id, person.id);
      await tx.contact.createMany({ data: { ownerId: me.id, userId: person.id }, skipDuplicates: true });
    });
  }
  const [contact] = await withPresence(runtime, await readEntries(runtime.db, me.id, person.id));
  // Taken off again in the meantime, by another of my devices.
  if (!contact) throw new AppError("CONTACT_NOT_FOUND");
  return contact;
};

/** @throws AppError `CONTACT_NOT_FOUND` when it is not on my list. */
export const removeContact = async ({ accounts }: Runtime, me: User, contactId: string): Promise<void> => {
  await accounts.change([me.id], async (tx) => {
    const { count } = await tx.contact.deleteMany({ where: { id: contactId, ownerId: me.id } });
    if (count === 0) throw new AppError("CONTACT_NOT_FOUND");
  });
};

/** @throws AppError `ROOM_NOT_FOUND` unless the room is a message request that waits for my answer. */
export const acceptRequest = async (runtime: Runtime, me: User, roomId: string): Promise<void> => {
  const membership = await requireMembership(runtime.db, me.id, roomId);
  if (membership.acceptedAt !== null || membership.blockedByMe) throw new AppError("ROOM_NOT_FOUND");
  await acceptRoom(runtime, membership);
};

/**
 * Blocks somebody, whether or not they have blocked me, and takes them off my list.
 *
 * @throws AppError `USER_NOT_FOUND` for nobody's id and for my own
 */
export const block = async ({ db, accounts }: Runtime, me: User, userId: string): Promise<void> => {
  const person = await db.user.findUnique({
    where: { id: userId, deletedAt: null },
    select: { blockedBy: { where: { blockerId: me.id } } },
  });
  if (!person || userId === me.id) throw new AppError("USER_NOT_FOUND");
  if (person.blockedBy.length > 0) return;
  await accounts.change([me.id, userId], async (tx) => {
    await tx.block.createMany({ data: { blockerId: me.id, blockedId: userId }, skipDuplicates: true });
    await tx.contact.deleteMany({ where: { ownerId: me.id, userId } });
  });
};

/** Does nothing where there is no block of mine. */
export const unblock = async ({ db, accounts }: Runtime, me: User, userId: string): Promise<void> => {
  const where = { blockerId: me.id, blockedId: userId };
  // Only what changes something may reach the other's devices.
  if ((await db.block.count({ where })) === 0) return;
  await accounts.change([me.id, userId], (tx) => tx.block.deleteMany({ where }));
};

/** The people I have blocked, the latest first. */
export const listBlocked = async ({ db }: Runtime, me: User): Promise<User[]> => {
  const blocks = await db.block.findMany({
    where: { blockerId: me.id },
    select: { blocked: { select: userSelect } },
    orderBy: { createdAt: "desc" },
  });
  return blocks.map(({ blocked }) => toUser(blocked));
};

/** The person meant, if they can be added. Somebody on my list stays there, even if they have blocked me since. */
const findAddable = async (
  { db }: Runtime,
  me: User,
  { username, userId }: z.infer<typeof addContactInput>,
): Promise<{ id: string; isContact: boolean }> => {
  const person = await db.user.findFirst({
    where: { ...(userId === undefined ? { username: username ?? "" } : { id: userId }), deletedAt: null },
    select: {
      id: true,
      contactOf: { where: { ownerId: me.id } },
      blockedBy: { where: { blockerId: me.id } },
      blocks: { where: { blockedId: me.id } },
    },
  });
  if (!person) throw new AppError("USER_NOT_FOUND");
  if (person.id === me.id) throw new AppError("CANNOT_ADD_YOURSELF");
  if (person.contactOf.length > 0) return { id: person.id, isContact: true };
  if (person.blockedBy.length > 0) throw new AppError("BLOCKED_BY_YOU");
  if (person.blocks.length > 0) throw new AppError("USER_NOT_FOUND");
  return { id: person.id, isContact: false };
};

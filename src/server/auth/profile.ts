import type { z } from "zod";
import type { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/server/infra/db";
import { exchangePicture } from "~/server/pictures/access";
import type { Limit } from "~/server/realtime/backplane";
import type { setPictureInput, updateProfileInput } from "~/shared/auth";
import { AppError } from "~/shared/errors";
import { foldForSearch } from "~/shared/fold-for-search";
import type { User } from "~/shared/users";
import { toUser, userSelect } from "./access";
import { takeOrRefuse } from "./limits";
import type { Member } from "./visitor";

/** Every change reaches the screens of all who share a room with somebody. */
export const profileChangesPerPerson: Limit = { name: "profile-person", points: 60, seconds: 60 * 60 };

export const searchNameOf = (displayName: string, username: string): string =>
  foldForSearch(`${displayName} ${username}`);

/** @throws AppError `RATE_LIMITED` */
export const updateProfile = (
  member: Member,
  { displayName }: z.infer<typeof updateProfileInput>,
): Promise<User> =>
  changeProfile(member, async () => ({
    displayName,
    searchName: searchNameOf(displayName, member.user.username),
  }));

/** @throws AppError `PICTURE_NOT_FOUND`, `RATE_LIMITED` */
export const setPicture = (member: Member, { pictureId }: z.infer<typeof setPictureInput>): Promise<User> =>
  changeProfile(member, async (tx, { pictureId: before }) => {
    if (before !== pictureId) await exchangePicture(tx, member.user.id, { before, after: pictureId });
    return { pictureId };
  });

/** Changes how others see somebody, and answers with that. */
const changeProfile = async (
  { runtime: { backplane, db, profiles }, user }: Member,
  decide: (tx: Tx, before: { pictureId: string | null }) => Promise<Prisma.UserUncheckedUpdateManyInput>,
): Promise<User> => {
  await takeOrRefuse(backplane, profileChangesPerPerson, user.id);
  const changed = await db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ pictureId: string | null }[]>`
      SELECT "pictureId" FROM "User" WHERE "id" = ${user.id}::uuid AND "deletedAt" IS NULL FOR UPDATE`;
    if (!before) throw new AppError("NOT_SIGNED_IN");
    const data = await decide(tx, before);
    return tx.user.update({
      where: { id: user.id },
      data: { ...data, profileRev: { increment: 1 }, profileChangedAt: new Date() },
      select: userSelect,
    });
  });
  profiles.announce();
  return toUser(changed);
};

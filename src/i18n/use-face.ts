"use client";

import { useTranslations } from "next-intl";
import { picturePathsOf } from "~/shared/picture-paths";
import type { User } from "~/shared/users";

/** What somebody is called, also when their account is no more. */
export const usePersonName = (): ((user: Pick<User, "displayName" | "deleted">) => string) => {
  const t = useTranslations("common");
  return ({ displayName, deleted }) => (deleted ? t("deletedAccount") : displayName);
};

/** How somebody is shown: what an `Avatar` is drawn by. */
export interface Face {
  seed: string;
  name: string;
  picture: { small: string; large: string } | null;
  /** There is nobody any more. */
  gone: boolean;
}

export const useFace = (): ((user: User) => Face) => {
  const personName = usePersonName();
  return (user) => ({
    seed: user.id,
    name: personName(user),
    picture: user.pictureId === null ? null : picturePathsOf(user.pictureId),
    gone: user.deleted,
  });
};

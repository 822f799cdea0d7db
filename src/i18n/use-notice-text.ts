"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Notice } from "~/shared/messages";
import type { User } from "~/shared/users";
import { usePersonName } from "./use-face";

/** People named one by one; the others are counted. */
const named = 3;

type Told = { author: User; notice: Notice };

/** What somebody did in a group, as a sentence to whoever reads it: "Inés added you and Tomás". */
export const useNoticeText = (): ((told: Told, readerId: string) => string) => {
  const t = useTranslations("messages.notices");
  const format = useFormatter();
  const personName = usePersonName();

  const listOf = (people: readonly User[]): string => {
    // "And 1 more person" is longer than the name.
    const shown = people.length === named + 1 ? people : people.slice(0, named);
    const rest = people.length - shown.length;
    const names = shown.map(personName);
    return format.list(rest > 0 ? [...names, t("more", { count: rest })] : names);
  };

  return ({ author, notice }, readerId) => {
    const name = personName(author);
    const by = author.id === readerId ? "me" : "other";
    switch (notice.type) {
      case "created":
      case "renamed":
        return t(notice.type, { by, name, title: notice.title });
      case "pictured":
      case "unpictured":
      case "joined":
      case "left":
        return t(notice.type, { by, name });
      case "removed":
        return t("removed", { by, name, person: personName(notice.user) });
      case "role": {
        const to = notice.user.id === readerId ? "me" : "other";
        return t(notice.role, { by, to, name, person: personName(notice.user) });
      }
      case "added": {
        const others = notice.users.filter(({ id }) => id !== readerId);
        if (others.length === notice.users.length) return t("added", { by, name, people: listOf(others) });
        return others.length === 0
          ? t("addedMe", { name })
          : t("addedMeToo", { name, people: listOf(others) });
      }
    }
  };
};

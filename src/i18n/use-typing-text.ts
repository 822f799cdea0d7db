"use client";

import { useTranslations } from "next-intl";
import type { User } from "~/shared/users";
import { firstName } from "./first-name";

/** "Inés is typing…" for one person, two by name, their number for more; empty for nobody. */
export const useTypingText = (): ((writers: readonly User[]) => string) => {
  const t = useTranslations("rooms");
  return ([first, second, ...more]) => {
    if (!first) return "";
    if (!second) return t("typing", { name: firstName(first.displayName) });
    if (more.length === 0)
      return t("typingTwo", { name: firstName(first.displayName), other: firstName(second.displayName) });
    return t("typingMany", { count: more.length + 2 });
  };
};

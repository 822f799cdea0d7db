"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import type { Presence } from "~/shared/users";

/** "Online", or when somebody was last here; nothing where it is not mine to know. */
export function PresenceText({ presence }: { presence: Presence | null }) {
  const t = useTranslations("contacts");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  if (!presence) return null;
  if (presence.online) return t("online");
  // A clock that runs behind must not speak of the future.
  const seen = new Date(Math.min(presence.lastSeenAt.getTime(), now.getTime()));
  return now.getTime() - seen.getTime() < 60_000
    ? t("lastSeenNow")
    : t("lastSeen", { when: format.relativeTime(seen, now) });
}

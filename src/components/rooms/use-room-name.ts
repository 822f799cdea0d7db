"use client";

import { useTranslations } from "next-intl";
import { usePersonName } from "~/i18n/use-face";
import type { RoomSummary } from "~/shared/rooms";

type Named = Pick<RoomSummary, "title" | "peer">;

/** What a room is called: a group by its title, a 1:1 room by the other person. */
export const useRoomName = (): ((room: Named) => string) => {
  const t = useTranslations("rooms");
  const personName = usePersonName();
  return ({ title, peer }) => title ?? (peer ? personName(peer) : t("unnamed"));
};

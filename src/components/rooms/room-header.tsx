"use client";

import { Info, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "~/components/ui/icon-button";
import { PresenceText } from "~/components/ui/presence-text";
import { ZoneHeader } from "~/components/ui/zone-header";
import type { RoomSummary } from "~/shared/rooms";
import { RoomAvatar } from "./room-avatar";
import { useRoomName } from "./use-room-name";

/** What opens beside a room. */
export type RoomPanel = "details" | "files" | "search";

type RoomHeaderProps = {
  room: RoomSummary;
  /** How many of a group are here; undefined while that is not known. */
  online: number | undefined;
  open: RoomPanel | null;
  onToggle: (panel: RoomPanel) => void;
};

/** How many a group has, or whether the other person is here. */
function Subtitle({ room, online }: Pick<RoomHeaderProps, "room" | "online">) {
  const t = useTranslations("rooms");
  if (room.kind === "direct") return <PresenceText presence={room.presence} />;
  const count = room.memberCount;
  return online ? t("peopleOnline", { count, online }) : t("people", { count });
}

export function RoomHeader({ room, online, open, onToggle }: RoomHeaderProps) {
  const t = useTranslations("rooms");
  const roomName = useRoomName();
  return (
    <ZoneHeader upHref="/">
      <RoomAvatar room={room} size="header" />
      <div className="min-w-0 grow ps-1.5 md:ps-0">
        <h1 dir="auto" className="w-fit max-w-full truncate font-semibold leading-tight">
          {roomName(room)}
        </h1>
        <p className="truncate text-ink-3 text-sm empty:hidden">
          <Subtitle room={room} online={online} />
        </p>
      </div>
      <IconButton label={t("searchRoom")} aria-pressed={open === "search"} onClick={() => onToggle("search")}>
        <Search aria-hidden />
      </IconButton>
      <IconButton
        label={t("details")}
        aria-pressed={open === "details"}
        onClick={() => onToggle("details")}
        tooltip={{ align: "end" }}
      >
        <Info aria-hidden />
      </IconButton>
    </ZoneHeader>
  );
}

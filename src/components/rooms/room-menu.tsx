"use client";

import { Info, MessageCircle, MessageCircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuItem } from "~/components/ui/menu";
import type { RoomSummary } from "~/shared/rooms";
import { useRoomName } from "./use-room-name";

/** The menu of one room of the list. */
export interface OpenRoomMenu {
  readonly roomId: string;
  /** Where it floats, in pixels of the window. */
  readonly place: DOMRectReadOnly;
  /** Who gets the focus back. */
  readonly opener: HTMLElement | null;
}

type RoomMenuProps = {
  room: RoomSummary;
  menu: OpenRoomMenu;
  onMarkRead: () => void;
  onMarkUnread: () => void;
  onDetails: () => void;
  onClose: () => void;
};

/** What one can do with a room without going there. */
export function RoomMenu({ room, menu, onMarkRead, onMarkUnread, onDetails, onClose }: RoomMenuProps) {
  const t = useTranslations("rooms");
  const roomName = useRoomName();
  return (
    <Menu
      label={t("options", { name: roomName(room) })}
      place={menu.place}
      opener={menu.opener}
      onClose={onClose}
    >
      {room.unread > 0 ? (
        <MenuItem icon={MessageCircle} label={t("markRead")} onChoose={onMarkRead} />
      ) : (
        <MenuItem icon={MessageCircleDashed} label={t("markUnread")} onChoose={onMarkUnread} />
      )}
      <MenuItem icon={Info} label={t("details")} onChoose={onDetails} />
    </Menu>
  );
}

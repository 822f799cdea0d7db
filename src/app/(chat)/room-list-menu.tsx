"use client";

import { useTranslations } from "next-intl";
import { useMessenger } from "~/components/messages/conversation/messenger";
import { type OpenRoomMenu, RoomMenu } from "~/components/rooms/room-menu";
import { navigate } from "~/components/ui/soft-navigation";
import { notify } from "~/components/ui/toaster";
import { roomHref } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import { asRouterError, useErrorText } from "~/trpc/use-error-text";
import { useMe } from "./me";

type RoomListMenuProps = { room: RoomSummary; menu: OpenRoomMenu; onClose: () => void };

/** A room's menu in the list, where rooms and reading meet. */
export function RoomListMenu({ room, menu, onClose }: RoomListMenuProps) {
  const t = useTranslations("rooms");
  const errorText = useErrorText();
  const { readMarks } = useMessenger(useMe());
  const fail = (error: unknown): void => {
    const isOnlyMine = asRouterError(error)?.data?.reason === "MESSAGE_NOT_FOUND";
    const text = isOnlyMine ? t("nothingUnread") : errorText(error);
    void notify("error", text);
  };
  return (
    <RoomMenu
      room={room}
      menu={menu}
      onMarkRead={() => void readMarks.read(room.id, room.lastSeq).catch(fail)}
      onMarkUnread={() => void readMarks.unread(room.id).catch(fail)}
      onDetails={() => navigate(`${roomHref(room.id)}?details`)}
      onClose={onClose}
    />
  );
}

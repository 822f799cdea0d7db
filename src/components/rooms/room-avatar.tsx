"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import { picturePathsOf } from "~/shared/picture-paths";
import type { RoomSummary } from "~/shared/rooms";
import { useRoomName } from "./use-room-name";

type RoomAvatarProps = {
  room: Pick<RoomSummary, "id" | "kind" | "title" | "pictureId" | "peer" | "presence">;
  size?: ComponentProps<typeof Avatar>["size"];
};

/** A person's avatar and presence in a 1:1 room, the group's own otherwise. */
export function RoomAvatar({ room, size = "medium" }: RoomAvatarProps) {
  const t = useTranslations("contacts");
  const roomName = useRoomName();
  const face = useFace();
  const { id, peer, pictureId } = room;
  const own = {
    seed: id,
    name: roomName(room),
    picture: pictureId === null ? null : picturePathsOf(pictureId),
  };
  return (
    <Avatar
      {...(peer ? face(peer) : own)}
      size={size}
      square={room.kind === "group"}
      onlineLabel={room.presence?.online ? t("online") : undefined}
    />
  );
}

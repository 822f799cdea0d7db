"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { PresenceText } from "~/components/ui/presence-text";
import { useEscape } from "~/components/ui/use-escape";
import type { RoomSummary } from "~/shared/rooms";
import { RoomAvatar } from "./room-avatar";
import { useRoomName } from "./use-room-name";

type RoomDetailsProps = {
  room: RoomSummary;
  onClose: () => void;
  /** What I can do about it. */
  children: ReactNode;
};

/** Who a room is with. A column beside the room; on narrower screens in its place. */
export function RoomDetails({ room, onClose, children }: RoomDetailsProps) {
  const t = useTranslations();
  const roomName = useRoomName();
  useEscape(onClose);
  const aside = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    aside.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={aside}
      tabIndex={-1}
      aria-label={t("rooms.details")}
      className="flex min-w-0 flex-1 flex-col overflow-y-auto border-line outline-none lg:w-[264px] lg:flex-none lg:border-s"
    >
      <div className="flex h-[60px] shrink-0 items-center justify-between ps-4 pe-2">
        <h2 className="font-semibold text-ink-3 text-xs">{t("rooms.details")}</h2>
        <IconButton label={t("common.close")} onClick={onClose} tooltip={{ align: "end" }}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-col items-center px-4 pb-6 text-center">
        <RoomAvatar room={room} size="large" />
        <p dir="auto" className="wrap-anywhere mt-3 font-semibold text-lg">
          {roomName(room)}
        </p>
        <p className="text-ink-2 text-sm empty:hidden">
          {!room.peer && t("rooms.people", { count: room.memberCount })}
          {room.peer && !room.peer.deleted && `@${room.peer.username}`}
        </p>
        <p className="mt-0.5 text-ink-3 text-sm empty:hidden">
          <PresenceText presence={room.presence} />
        </p>
        {room.request === "outgoing" && room.peer && (
          <p className="mt-3 text-ink-2 text-sm">{t("rooms.outgoing", { name: room.peer.displayName })}</p>
        )}
      </div>
      {children}
    </aside>
  );
}

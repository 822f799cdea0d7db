"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { moveFocusInList } from "~/components/ui/list-keys";
import type { RoomSummary } from "~/shared/rooms";
import { useInbox } from "./inbox-provider";

type RoomListProps = {
  rooms: readonly RoomSummary[];
  openRoomId: string | undefined;
  /** Draws one room; `tabIndex` makes the list one stop of the Tab key, with arrows inside. */
  renderItem: (room: RoomSummary, tabIndex: number) => ReactNode;
};

/** Rooms, one below the other. Coming near the end loads older ones. */
export function RoomList({ rooms, openRoomId, renderItem }: RoomListProps) {
  const t = useTranslations("rooms");
  const { nextCursor, loadMore } = useInbox();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !nextCursor) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), {
      rootMargin: "600px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [nextCursor, loadMore]);

  const entry = rooms.find((room) => room.id === openRoomId) ?? rooms[0];
  return (
    <>
      <ul aria-label={t("title")} onKeyDown={moveFocusInList} className="flex flex-col gap-px">
        {rooms.map((room) => (
          // Rooms out of sight cost no layout, whatever their number.
          <li key={room.id} className="[contain-intrinsic-size:auto_58px] [content-visibility:auto]">
            {renderItem(room, room.id === entry?.id ? 0 : -1)}
          </li>
        ))}
      </ul>
      <div ref={end} />
    </>
  );
}

"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { useLongPress } from "~/components/ui/use-long-press";
import type { RoomSummary } from "~/shared/rooms";
import type { OpenRoomMenu } from "./room-menu";
import { useRoomName } from "./use-room-name";

type RoomLineProps = {
  room: RoomSummary;
  onMenu: (menu: OpenRoomMenu) => void;
  /** The room's link. */
  children: ReactNode;
};

/** A room of the list with the ways to its menu: a button while the pointer or the focus is there, the keys, a long press. */
export function RoomLine({ room, onMenu, children }: RoomLineProps) {
  const t = useTranslations("rooms");
  const roomName = useRoomName();
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const [pressed, setPressed] = useState(false);

  const openAt = (line: Element, place = line.getBoundingClientRect()): void =>
    onMenu({ roomId: room.id, place, opener: line.querySelector("a") });

  const longPress = useLongPress((element) => {
    setPressed(true);
    const line = element.closest("[data-room-line]");
    if (line) openAt(line);
  });

  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    // Of a finger that holds still the long press tells, on every system.
    const { currentTarget, clientX, clientY, nativeEvent } = event;
    if (nativeEvent instanceof PointerEvent && nativeEvent.pointerType !== "mouse") return;
    openAt(currentTarget, new DOMRect(clientX, clientY));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
    event.preventDefault();
    openAt(event.currentTarget);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the link within
    <div
      data-room-line
      className="relative [-webkit-touch-callout:none]"
      onPointerEnter={({ pointerType }) => setHovered(pointerType === "mouse")}
      onPointerLeave={() => setHovered(false)}
      onFocus={({ target }) => setFocused(target.matches(":focus-visible"))}
      onBlur={() => setFocused(false)}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
      // A finger that opened the menu does not follow the link as well.
      onClickCapture={(event) => {
        if (pressed) event.preventDefault();
        setPressed(false);
      }}
      {...longPress}
    >
      {children}
      {(hovered || focused) && (
        <span className="absolute end-1.5 bottom-1.5 rounded-item bg-raised shadow-[0_0_0_1px_var(--line)]">
          <IconButton
            label={t("options", { name: roomName(room) })}
            aria-haspopup="menu"
            tooltip={{ side: "top", align: "end" }}
            className="h-6 w-8"
            onClick={({ currentTarget }) => {
              const line = currentTarget.closest("[data-room-line]");
              if (line) openAt(line, currentTarget.getBoundingClientRect());
            }}
          >
            <Ellipsis aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  );
}

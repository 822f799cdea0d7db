"use client";

import { clsx } from "clsx";
import { BellOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { SoftLink } from "~/components/ui/soft-link";
import { useTypingText } from "~/i18n/use-typing-text";
import { plainLine } from "~/shared/plain-text";
import { roomHref } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import { RoomAvatar } from "./room-avatar";
import { useListTime } from "./use-list-time";
import { usePreview } from "./use-preview";
import { useRoomName } from "./use-room-name";
import type { Writer } from "./writing";

type RoomItemProps = {
  room: RoomSummary;
  myId: string;
  now: Date;
  /** It is the one on screen. */
  open: boolean;
  /** What I have begun to write there. */
  draft: string;
  /** Who else is writing there. */
  writers: readonly Writer[] | undefined;
  tabIndex: number;
};

/** What stands below the room's name: who is writing, what I have begun to write, or the last message. */
function SecondLine({ room, myId, open, draft, writers }: RoomItemProps) {
  const t = useTranslations("rooms");
  const typingText = useTypingText();
  const preview = usePreview();
  if (writers) return <span className="text-accent">{typingText(writers.map(({ user }) => user))}</span>;
  if (!draft || open) return preview(room, myId);
  return (
    <>
      <span className="text-danger">{t("draft")}</span> {plainLine(draft)}
    </>
  );
}

/** One line of the room list. */
export function RoomItem(props: RoomItemProps) {
  const { room, now, open, tabIndex } = props;
  const t = useTranslations("rooms");
  const listTime = useListTime();
  const name = useRoomName()(room);
  const unread = room.unread > 0;
  const muted = room.mutedUntil !== null && room.mutedUntil > now;
  return (
    <SoftLink
      href={roomHref(room.id)}
      data-list-item
      tabIndex={tabIndex}
      aria-current={open ? "page" : undefined}
      className={clsx(
        "grid grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-item p-2 -outline-offset-2",
        open
          ? "bg-raised shadow-[inset_0_0_0_1px_var(--line)] [--surface:var(--raised)]"
          : "[--surface:var(--panel)] hover:bg-hover",
      )}
    >
      <span className="row-span-2">
        <RoomAvatar room={room} />
      </span>
      <span className="flex min-w-0 items-center gap-1.5">
        <span dir="auto" className={clsx("truncate", unread ? "font-bold" : "font-[500]")}>
          {name}
        </span>
        {muted && <BellOff role="img" aria-label={t("muted")} className="size-3.5 shrink-0 text-ink-3" />}
      </span>
      <time dateTime={room.lastActivityAt.toISOString()} className="text-ink-3 text-xs tabular-nums">
        {listTime(room.lastMessage?.createdAt ?? room.lastActivityAt, now)}
      </time>
      <span
        dir="auto"
        className={clsx("truncate text-sm leading-5", unread ? "text-ink" : "col-span-2 text-ink-2")}
      >
        <SecondLine {...props} />
      </span>
      {unread && (
        <span
          className={clsx(
            "grid h-5 min-w-5 place-items-center justify-self-end rounded-full px-1.5 font-semibold text-xs tabular-nums",
            muted ? "bg-line-strong text-ink" : "bg-accent text-accent-ink",
          )}
        >
          <span aria-hidden>{room.unread}</span>
          <span className="sr-only">{t("unread", { count: room.unread })}</span>
        </span>
      )}
    </SoftLink>
  );
}

"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import type { GroupMember } from "~/shared/groups";

type MemberRowProps = {
  member: GroupMember;
  isMe: boolean;
  now: Date;
  /** What can be done about them, shown by a press; nothing for oneself. */
  children?: ReactNode;
};

/** Somebody of a group: who they are, what they may do, whether they are here. */
export function MemberRow({
  member: { user, role, accepted, presence },
  isMe,
  now,
  children,
}: MemberRowProps) {
  const t = useTranslations();
  const format = useFormatter();
  const face = useFace();
  const panelId = useId();
  const [open, setOpen] = useState(false);

  const state = (): string => {
    if (!accepted) return t("groups.waiting");
    if (role !== "member") return t(`groups.${role}`);
    if (!presence || presence.online) return "";
    // Seconds would only flicker.
    const seen = Math.min(presence.lastSeenAt.getTime(), now.getTime() - 60_000);
    return format.relativeTime(new Date(seen), { now, style: "narrow" });
  };
  const identity = (
    <>
      <Avatar
        {...face(user)}
        size="small"
        onlineLabel={presence?.online ? t("contacts.online") : undefined}
      />
      <span dir="auto" className="me-auto min-w-0 truncate text-sm">
        {isMe ? t("groups.me", { name: user.displayName }) : user.displayName}
      </span>
      <span className="shrink-0 text-ink-3 text-xs">{state()}</span>
    </>
  );
  const rowClass =
    "flex min-h-11 w-full items-center gap-2.5 rounded-item px-2.5 text-start -outline-offset-2";
  if (isMe) return <li className={rowClass}>{identity}</li>;
  return (
    // In a large group those out of sight cost no layout.
    <li className="[contain-intrinsic-size:auto_44px] [content-visibility:auto]">
      <button
        type="button"
        data-list-item
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        className={clsx(rowClass, "group hover:bg-hover")}
      >
        {identity}
        <ChevronDown
          aria-hidden
          className={clsx("size-4 shrink-0 text-ink-3 transition-transform", open && "rotate-180")}
        />
      </button>
      <div id={panelId} hidden={!open} className="mb-1 ms-10">
        {open && children}
      </div>
    </li>
  );
}

"use client";

import { clsx } from "clsx";
import { ChevronDown, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";

type MessageRequestsProps = {
  count: number;
  /** Shows them until somebody chooses otherwise: one is the room on screen, or there are no others. */
  openAtFirst: boolean;
  /** The list of the requests. */
  children: ReactNode;
};

/** The line that says who waits for an answer; opens to show them. Nothing when nobody waits. */
export function MessageRequests({ count, openAtFirst, children }: MessageRequestsProps) {
  const t = useTranslations("rooms");
  const listId = useId();
  const [toggled, setToggled] = useState<boolean>();
  if (count === 0) return null;
  const expanded = toggled ?? openAtFirst;
  return (
    <div className="mb-2">
      <button
        type="button"
        aria-expanded={expanded}
        aria-controls={listId}
        onClick={() => setToggled(!expanded)}
        className="flex min-h-10 w-full items-center gap-2.5 rounded-item border border-line-strong border-dashed px-2.5 py-2 text-start text-ink-2 text-sm hover:bg-hover"
      >
        <UserPlus aria-hidden className="size-[18px] shrink-0" />
        <span className="grow">
          {t.rich("requests", {
            count,
            b: (chunks) => <b className="font-semibold text-ink">{chunks}</b>,
          })}
        </span>
        <ChevronDown aria-hidden className={clsx("size-4 transition-transform", expanded && "rotate-180")} />
      </button>
      <div id={listId} hidden={!expanded} className="pt-1">
        {children}
      </div>
    </div>
  );
}

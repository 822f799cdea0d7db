"use client";

import { clsx } from "clsx";
import { Bell, BellOff, ChevronDown } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import { notify } from "~/components/ui/toaster";
import { useUntilText } from "~/i18n/use-until-text";
import { mutedForGood } from "~/shared/limits";
import type { RoomSummary } from "~/shared/rooms";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";

const hourMs = 60 * 60 * 1000;

const durations = [
  { key: "hours", count: 1, ms: hourMs },
  { key: "hours", count: 8, ms: 8 * hourMs },
  { key: "weeks", count: 1, ms: 7 * 24 * hourMs },
] as const;

/** Has a room not call for attention, for a while or for good; or again. */
export function MuteControl({ room }: { room: RoomSummary }) {
  const t = useTranslations("notifications");
  const untilText = useUntilText();
  const errorText = useErrorText();
  const now = useNow({ updateInterval: 60_000 });
  const panelId = useId();
  const row = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const mute = trpc.rooms.mute.useMutation({
    onSuccess: () => setOpen(false),
    onError: (error) => void notify("error", errorText(error)),
  });
  const until = (end: Date | null): void => {
    // What was pressed goes away; the row stays.
    row.current?.focus();
    mute.mutate({ roomId: room.id, until: end });
  };

  const { mutedUntil } = room;
  if (mutedUntil && mutedUntil > now) {
    const when = untilText(mutedUntil, now);
    return (
      <>
        <ActionRow ref={row} icon={<Bell aria-hidden />} onClick={() => until(null)}>
          {t("unmute")}
        </ActionRow>
        <p className="px-2.5 pb-1 text-ink-3 text-xs">
          {mutedUntil.getTime() === mutedForGood.getTime() ? t("mutedForGood") : t("mutedUntil", { when })}
        </p>
      </>
    );
  }
  return (
    <>
      <ActionRow
        ref={row}
        icon={<BellOff aria-hidden />}
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
      >
        <span className="grow">{t("mute")}</span>
        <ChevronDown aria-hidden className={clsx("!size-4 transition-transform", open && "rotate-180")} />
      </ActionRow>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div id={panelId} role="group" aria-label={t("muteFor")} hidden={!open} className="mb-1 ms-[30px]">
        {durations.map(({ key, count, ms }) => (
          <ActionRow
            key={`${count} ${key}`}
            disabled={mute.isPending}
            onClick={() => until(new Date(Date.now() + ms))}
          >
            {t(key, { count })}
          </ActionRow>
        ))}
        <ActionRow disabled={mute.isPending} onClick={() => until(mutedForGood)}>
          {t("forGood")}
        </ActionRow>
      </div>
    </>
  );
}

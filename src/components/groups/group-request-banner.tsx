"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import type { RoomSummary } from "~/shared/rooms";
import { useGroupActions } from "./use-group-actions";

type GroupRequestBannerProps = { room: RoomSummary; onLeave: () => void };

/** Above a group that somebody unknown has put me into: accept or leave. Writing accepts as well. */
export function GroupRequestBanner({ room, onLeave }: GroupRequestBannerProps) {
  const t = useTranslations();
  const { accept, leave } = useGroupActions();
  const roomId = room.id;
  return (
    <section className="flex flex-wrap items-center gap-x-6 gap-y-3 border-line border-b bg-accent-soft px-4 py-3 md:px-5">
      <div className="min-w-60 flex-1">
        <h2 className="font-semibold text-sm">{t("groups.requestTitle", { title: room.title ?? "" })}</h2>
        <p className="text-ink-2 text-sm">{t("groups.requestText")}</p>
      </div>
      <div className="flex gap-2">
        <Button
          variant="danger"
          disabled={accept.isPending}
          onClick={() => {
            onLeave();
            leave.mutate({ roomId });
          }}
        >
          {t("groups.requestLeave")}
        </Button>
        <Button busy={accept.isPending} disabled={leave.isPending} onClick={() => accept.mutate({ roomId })}>
          {t("rooms.accept")}
        </Button>
      </div>
    </section>
  );
}

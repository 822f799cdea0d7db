"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { RoomSummary } from "~/shared/rooms";
import { useGroupActions } from "./use-group-actions";

type LeaveGroupProps = {
  room: RoomSummary;
  /** Nobody else is in it, nor asked to be. */
  alone: boolean;
  onLeave: () => void;
};

/** The way out of a group; says why its owner cannot take it, as long as others are in it. */
export function LeaveGroup({ room, alone, onLeave }: LeaveGroupProps) {
  const t = useTranslations("groups");
  const reasonId = useId();
  const [asking, setAsking] = useState(false);
  const { leave } = useGroupActions();
  const bound = room.role === "owner" && !alone;
  return (
    <>
      <ActionRow
        icon={<LogOut aria-hidden className="rtl:-scale-x-100" />}
        danger
        disabled={bound || leave.isPending}
        aria-describedby={bound ? reasonId : undefined}
        onClick={() => setAsking(true)}
      >
        {t("leave")}
      </ActionRow>
      {bound && (
        <p id={reasonId} className="px-2.5 pb-1 text-ink-3 text-xs">
          {t("leaveOwner")}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={t("leaveTitle", { title: room.title ?? "" })}
          text={t(alone ? "leaveLastText" : "leaveText")}
          confirmLabel={t("leave")}
          onConfirm={() => {
            // The room goes, and this with it.
            onLeave();
            leave.mutate({ roomId: room.id });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

import { MessageCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Skeleton } from "~/components/ui/skeleton";
import type { RoomSummary } from "~/shared/rooms";

const bubbles = ["w-56", "w-80", "w-40", "w-72", "w-48", "w-64"];

/** The shape of a timeline. It appears after a moment, so that a quick answer does not flicker. */
export function TimelineSkeleton() {
  const t = useTranslations("messages");
  return (
    <div
      role="status"
      aria-label={t("loading")}
      className="flex h-full flex-col justify-end gap-3 overflow-hidden px-5 pb-4 transition-opacity delay-200 starting:opacity-0"
    >
      {bubbles.map((width, index) =>
        index % 3 === 2 ? (
          <Skeleton key={width} className={`h-10 max-w-full self-end rounded-card ${width}`} />
        ) : (
          <span key={width} className="flex gap-2.5">
            <Skeleton className="size-8 shrink-0 rounded-full" />
            <Skeleton className={`h-10 max-w-full rounded-card ${width}`} />
          </span>
        ),
      )}
    </div>
  );
}

/** A room in which nobody has written yet. */
export function EmptyTimeline({ room }: { room: RoomSummary }) {
  const t = useTranslations("messages");
  return (
    <div className="grid h-full place-content-center justify-items-center gap-2 px-8 text-center">
      <span className="mb-1 grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <MessageCircle aria-hidden className="size-6" />
      </span>
      <p className="text-balance font-semibold text-lg">
        {t("emptyTitle", { name: room.title ?? room.peer?.displayName ?? "" })}
      </p>
      <p className="max-w-80 text-balance text-ink-2 text-sm">
        {t(room.request === "outgoing" ? "emptyRequest" : "emptyText")}
      </p>
    </div>
  );
}

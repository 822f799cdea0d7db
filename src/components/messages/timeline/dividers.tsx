import { useFormatter, useTranslations } from "next-intl";

const dayMs = 24 * 60 * 60 * 1000;

/** The day that begins here: today, yesterday, or its date. */
export function DayDivider({ date }: { date: Date }) {
  const t = useTranslations("messages");
  const format = useFormatter();
  const now = new Date();
  const label = (): string => {
    if (date.toDateString() === now.toDateString()) return t("today");
    if (date.toDateString() === new Date(now.getTime() - dayMs).toDateString()) return t("yesterday");
    return format.dateTime(date, {
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
    });
  };
  return (
    <div className="pt-3 pb-2 text-center text-ink-3 text-xs">
      <time dateTime={date.toISOString().slice(0, 10)}>{label()}</time>
    </div>
  );
}

/** Stands above the first message that came since one last looked. */
export function UnreadDivider() {
  const t = useTranslations("messages");
  return (
    <div className="flex items-center gap-2.5 pt-3 pb-2 font-semibold text-accent text-xs before:h-px before:flex-1 before:bg-accent-line after:h-px after:flex-1 after:bg-accent-line">
      {t("newMessages")}
    </div>
  );
}

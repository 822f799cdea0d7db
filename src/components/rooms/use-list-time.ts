"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";

/** One a zone: making one costs more than a list of uses. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in a zone, as a count of days: comparable across months. */
const dayNumber = (date: Date, timeZone: string): number => {
  const format = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone });
  dayFormats.set(timeZone, format);
  // Canadian English writes 2026-11-22.
  const day = format.format(date);
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
};

/** The shortest clear time for a list: 10:42, yesterday, Fri, 3 Nov, 3/11/2025. */
export const useListTime = (): ((date: Date, now: Date) => string) => {
  const t = useTranslations("rooms");
  const format = useFormatter();
  const timeZone = useTimeZone() ?? "UTC";
  return (date, now) => {
    const daysAgo = dayNumber(now, timeZone) - dayNumber(date, timeZone);
    if (daysAgo <= 0) return format.dateTime(date, { timeStyle: "short" });
    if (daysAgo === 1) return t("yesterday");
    if (daysAgo < 7) return format.dateTime(date, { weekday: "short" });
    return daysAgo < 330
      ? format.dateTime(date, { day: "numeric", month: "short" })
      : format.dateTime(date, { dateStyle: "short" });
  };
};

"use client";

import { useFormatter } from "next-intl";

/** When something ends: the time, and the day where that is another one than now. */
export const useUntilText = (): ((end: Date, now: Date) => string) => {
  const format = useFormatter();
  const dayOf = (date: Date) => format.dateTime(date, { day: "numeric", month: "short", year: "numeric" });
  return (end, now) =>
    format.dateTime(end, {
      hour: "2-digit",
      minute: "2-digit",
      ...(dayOf(end) === dayOf(now) ? {} : { day: "numeric", month: "short" }),
    });
};

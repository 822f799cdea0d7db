"use client";

import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { timeZoneCookie } from "./locale";
import { remember } from "./remember";

type TimeZoneSyncProps = {
  /** This page shows times: have it drawn again if they are of another zone. */
  redraw?: boolean;
};

/** Tells the server the browser's time zone. Learnt before signing in, so that the chat is drawn right at once. */
export function TimeZoneSync({ redraw = false }: TimeZoneSyncProps) {
  const drawnIn = useTimeZone();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone || timeZone === drawnIn) return;
    remember(timeZoneCookie, timeZone);
    // Where cookies are refused the page would be drawn in the same zone again, and so on for ever.
    if (redraw && document.cookie.includes(timeZoneCookie)) window.location.reload();
  }, [drawnIn, redraw]);
  return null;
}

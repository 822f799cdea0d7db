"use client";

import { useNow, useTranslations } from "next-intl";
import { useEffect } from "react";
import { roomIdOf } from "~/shared/room-href";
import { badgedIcon } from "./badged-icon";
import { useInbox } from "./inbox-provider";
import { useRoomName } from "./use-room-name";

/** The tab's title and icon, and the app's: how many messages wait, and which room is open. Requests and muted rooms do not count. */
export function UnreadTitle({ pathname }: { pathname: string }) {
  const t = useTranslations("common");
  const roomName = useRoomName();
  const { rooms } = useInbox();
  const now = useNow({ updateInterval: 60_000 });
  const counted = rooms.filter(
    ({ request, mutedUntil }) => request !== "incoming" && (mutedUntil === null || mutedUntil <= now),
  );
  const waiting = counted.reduce((sum, { unread }) => sum + unread, 0);
  const room = rooms.find(({ id }) => id === roomIdOf(pathname));
  useEffect(() => {
    // The icon of an installed Charla, where the system draws a number on it.
    navigator.setAppBadge?.(waiting).catch(() => undefined);
  }, [waiting]);
  const page = room ? `${roomName(room)} · ${t("appName")}` : t("appName");
  if (waiting === 0) return <title>{page}</title>;
  return (
    <>
      <title>{`(${waiting}) ${page}`}</title>
      {/* Of several icons browsers take the last. */}
      <link rel="icon" type="image/svg+xml" sizes="any" href={badgedIcon(waiting)} />
    </>
  );
}

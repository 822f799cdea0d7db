"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { WorkerMessage } from "~/browser/calls";
import { preferences } from "~/components/notifications/preferences";
import { subscribeToPush } from "~/components/notifications/push-subscription";
import { useAttention } from "~/components/notifications/use-attention";
import { useNotifications } from "~/components/notifications/use-notifications";
import { useQuietUntil } from "~/components/notifications/use-quiet-until";
import { useInbox } from "~/components/rooms/inbox-provider";
import { usePreview } from "~/components/rooms/use-preview";
import { useRoomName } from "~/components/rooms/use-room-name";
import { navigate } from "~/components/ui/soft-navigation";
import { roomHref, roomIdOf } from "~/shared/room-href";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";

/** Goes where a notification leads that somebody has clicked. */
const useClicks = (): void => {
  useEffect(() => {
    const worker = navigator.serviceWorker;
    const onMessage = ({ data, ports: [answer] }: MessageEvent<WorkerMessage>): void => {
      if (data.type !== "open") return;
      navigate(roomHref(data.roomId));
      answer?.postMessage("opened");
    };
    worker?.addEventListener("message", onMessage);
    return () => worker?.removeEventListener("message", onMessage);
  }, []);
};

/** Tells the server how to call this browser, with each visit anew: it may have forgotten, and so may the browser. */
const useRenewedPush = (): void => {
  const { client } = trpc.useUtils();
  useEffect(() => {
    if (preferences().browser && "Notification" in window && Notification.permission === "granted") {
      void subscribeToPush(client).catch(() => undefined);
    }
  }, [client]);
};

/** How the chat calls for attention, here and by the server: sound, notifications, pushes. */
export function Calls({ me, pathname }: { me: User; pathname: string }) {
  const t = useTranslations("rooms");
  const { rooms } = useInbox();
  const quietUntil = useQuietUntil();
  const roomName = useRoomName();
  const preview = usePreview();
  const wordsFor = (room: RoomSummary) => {
    const title = roomName(room);
    return {
      title,
      body: room.request === "incoming" ? t("requestTitle", { name: title }) : preview(room, me.id),
    };
  };
  useAttention();
  useClicks();
  useRenewedPush();
  useNotifications({ rooms, me, openRoomId: roomIdOf(pathname), quietUntil, wordsFor });
  return null;
}

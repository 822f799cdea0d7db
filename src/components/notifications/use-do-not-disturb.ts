"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { notify } from "~/components/ui/toaster";
import { useHydrated } from "~/components/ui/use-hydrated";
import { useUntilText } from "~/i18n/use-until-text";
import { mutedForGood } from "~/shared/limits";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { morningHour, nextMorning } from "./next-morning";
import { useQuietUntil } from "./use-quiet-until";

const hourMs = 60 * 60 * 1000;

/** What "do not disturb" stands at, in words, and what it can be set to. */
export const useDoNotDisturb = () => {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const untilText = useUntilText();
  const errorText = useErrorText();
  const now = useNow({ updateInterval: 60_000 });
  const quietUntil = useQuietUntil();
  const { notifications } = trpc.useUtils();
  const change = trpc.notifications.setDoNotDisturb.useMutation({
    onMutate: (state) => notifications.doNotDisturb.setData(undefined, state),
    onError: (error) => {
      void notifications.doNotDisturb.invalidate();
      void notify("error", errorText(error));
    },
  });

  const time = format.dateTime(Date.UTC(2000, 0, 1, morningHour), {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  });
  // The server does not know where it is night.
  const isToday = useHydrated() && nextMorning(now).getDate() === now.getDate();
  const isForGood = quietUntil?.getTime() === mutedForGood.getTime();
  return {
    /** Null when one may be disturbed. */
    state:
      quietUntil && (isForGood ? t("quietForGood") : t("quietUntil", { when: untilText(quietUntil, now) })),
    choices: [
      { label: t("hours", { count: 1 }), set: () => change.mutate({ until: new Date(Date.now() + hourMs) }) },
      {
        label: t(isToday ? "untilToday" : "untilTomorrow", { time }),
        set: () => change.mutate({ until: nextMorning(new Date()) }),
      },
      { label: t("untilOff"), set: () => change.mutate({ until: mutedForGood }) },
    ],
    turnOff: () => change.mutate({ until: null }),
    isPending: change.isPending,
  };
};

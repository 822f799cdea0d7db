"use client";

import { useNow } from "next-intl";
import type { DoNotDisturb } from "~/shared/notifications";
import { trpc } from "~/trpc/react";

/**
 * Until when I am not to be disturbed; null when I may be. {@link useAttention} keeps it up to date.
 *
 * @param first what the server read for the first paint; given once, where the chat begins
 */
export const useQuietUntil = (first?: DoNotDisturb): Date | null => {
  const { data } = trpc.notifications.doNotDisturb.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
    ...(first && { initialData: first }),
  });
  const now = useNow({ updateInterval: 60_000 });
  return data?.until && data.until > now ? data.until : null;
};

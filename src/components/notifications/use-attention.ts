"use client";

import { useLooking } from "~/components/ui/use-looking";
import { trpc } from "~/trpc/react";

/** Tells the server whether somebody looks at this page, and learns from it until when they are not to be disturbed. */
export const useAttention = (): void => {
  const looking = useLooking();
  const { notifications } = trpc.useUtils();
  trpc.notifications.onAttention.useSubscription(
    { looking },
    { onData: (state) => notifications.doNotDisturb.setData(undefined, state) },
  );
};

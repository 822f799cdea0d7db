"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { useQuietUntil } from "~/components/notifications/use-quiet-until";
import { useInbox } from "~/components/rooms/inbox-provider";
import { UnreadTitle } from "~/components/rooms/unread-title";
import { lazyPart } from "~/components/ui/lazy-part";
import { useSoftPathname } from "~/components/ui/soft-navigation";
import type { DoNotDisturb } from "~/shared/notifications";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { ConnectionBanner } from "./connection-banner";
import { MeContext } from "./me";
import { paths } from "./paths";
import { Sidebar } from "./sidebar";

const KeepSending = lazyPart(() =>
  import("~/components/messages/outbox/keep-sending").then((module) => module.KeepSending),
);
const Calls = lazyPart(() => import("./calls").then((module) => module.Calls));
const KeepForOffline = lazyPart(() => import("./keep-for-offline").then((module) => module.KeepForOffline));

type ChatFrameProps = {
  /** Who is signed in, as the server read it for the first paint. */
  firstMe: User;
  /** Until when they are not to be disturbed, likewise. */
  firstQuiet: DoNotDisturb;
  children: ReactNode;
};

/** The zones of the page: the rooms, and beside them what is open. On a phone one at a time. */
export function ChatFrame({ firstMe, firstQuiet, children }: ChatFrameProps) {
  const t = useTranslations();
  const { data: me } = trpc.auth.me.useQuery(undefined, { initialData: firstMe, staleTime: Infinity });
  useQuietUntil(firstQuiet);
  const pathname = useSoftPathname();
  const { rooms } = useInbox();
  const onRooms = pathname === paths.rooms;
  // Without any room the first steps stand below the search, on a phone as well.
  const alone = onRooms && rooms.length > 0;
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // The link that led here is behind the new view, on a phone.
    if (pathname !== paths.rooms && !document.activeElement?.checkVisibility()) {
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return (
    <MeContext value={me}>
      <UnreadTitle pathname={pathname} />
      <Suspense>
        <Calls me={me} pathname={pathname} />
        <KeepSending me={me} />
        <KeepForOffline me={me} />
      </Suspense>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:start-3 focus:top-3 focus:z-50 focus:rounded-item focus:bg-accent focus:px-4 focus:py-2.5 focus:text-accent-ink"
      >
        {t("common.skipToContent")}
      </a>
      <div className="flex h-dvh flex-col">
        <ConnectionBanner />
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <nav
            aria-label={t("rooms.title")}
            className={clsx(
              "min-h-0 min-w-0 flex-col bg-panel md:flex md:w-[300px] md:shrink-0 md:border-line md:border-e",
              onRooms ? "flex" : "hidden",
              alone && "max-md:flex-1",
            )}
          >
            <Sidebar me={me} pathname={pathname} />
          </nav>
          <main
            ref={main}
            id="main"
            tabIndex={-1}
            className={clsx(
              "flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto outline-none",
              alone && "max-md:sr-only",
            )}
          >
            {children}
          </main>
        </div>
      </div>
    </MeContext>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import type { User } from "~/shared/users";
import { useContactActions } from "./use-contact-actions";

/** Above the room with somebody I have blocked. */
export function BlockedBanner({ peer }: { peer: User }) {
  const t = useTranslations();
  const actions = useContactActions();
  return (
    <section className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b bg-panel px-4 py-2.5 md:px-5">
      <p className="text-ink-2 text-sm">{t("rooms.blockedBanner", { name: peer.displayName })}</p>
      <Button variant="secondary" size="small" busy={actions.busy} onClick={() => actions.unblock(peer)}>
        {t("contacts.unblock")}
      </Button>
    </section>
  );
}

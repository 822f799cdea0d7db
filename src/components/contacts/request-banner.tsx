"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "~/components/ui/button";
import type { User } from "~/shared/users";
import { Confirm } from "./confirm";
import { useContactActions } from "./use-contact-actions";

type RequestBannerProps = {
  roomId: string;
  peer: User;
  /** Called when the request is to go, and the room with it. */
  onLeave: () => void;
};

/** Above a room that somebody unknown has opened with me: accept or block. Answering accepts as well. */
export function RequestBanner({ roomId, peer, onLeave }: RequestBannerProps) {
  const t = useTranslations("rooms");
  const tContacts = useTranslations("contacts");
  const actions = useContactActions();
  const [asking, setAsking] = useState(false);
  return (
    <section className="flex flex-wrap items-center gap-x-6 gap-y-3 border-line border-b bg-accent-soft px-4 py-3 md:px-5">
      <div className="min-w-60 flex-1">
        <h2 className="font-semibold text-sm">{t("requestTitle", { name: peer.displayName })}</h2>
        <p className="text-ink-2 text-sm">{t("requestText")}</p>
      </div>
      <div className="flex gap-2">
        <Button variant="danger" disabled={actions.busy} onClick={() => setAsking(true)}>
          {tContacts("block")}
        </Button>
        <Button busy={actions.busy} onClick={() => actions.accept(roomId)}>
          {t("accept")}
        </Button>
      </div>
      {asking && (
        <Confirm
          what="block"
          user={peer}
          onConfirm={() => {
            onLeave();
            actions.block(peer);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

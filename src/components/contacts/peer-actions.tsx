"use client";

import { Ban, UserMinus, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { Confirm } from "./confirm";
import { useContactActions } from "./use-contact-actions";

type PeerActionsProps = {
  peer: User;
  blockedByMe: boolean;
  /** Called before they are blocked, if the room goes with it. */
  onLeave?: (() => void) | undefined;
};

/** What I can do about the person of a 1:1 room: add or remove, block or unblock. */
export function PeerActions({ peer, blockedByMe, onLeave }: PeerActionsProps) {
  const t = useTranslations("contacts");
  const actions = useContactActions();
  const [asking, setAsking] = useState<"block" | "remove">();
  const contacts = trpc.contacts.list.useQuery();
  const contact = contacts.data?.items.find(({ user }) => user.id === peer.id);
  const block = <Ban aria-hidden />;
  return (
    <>
      {contact && (
        <ActionRow
          icon={<UserMinus aria-hidden />}
          disabled={actions.busy}
          onClick={() => setAsking("remove")}
        >
          {t("remove")}
        </ActionRow>
      )}
      {contacts.data && !contact && !blockedByMe && (
        <ActionRow icon={<UserPlus aria-hidden />} disabled={actions.busy} onClick={() => actions.add(peer)}>
          {t("addToContacts")}
        </ActionRow>
      )}
      {blockedByMe ? (
        <ActionRow icon={block} disabled={actions.busy} onClick={() => actions.unblock(peer)}>
          {t("unblock")}
        </ActionRow>
      ) : (
        <ActionRow icon={block} danger disabled={actions.busy} onClick={() => setAsking("block")}>
          {t("block")}
        </ActionRow>
      )}
      {asking && (
        <Confirm
          what={asking}
          user={peer}
          onClose={() => setAsking(undefined)}
          onConfirm={() => {
            if (asking === "block") {
              onLeave?.();
              actions.block(peer);
            } else if (contact) actions.remove(contact.id, peer);
          }}
        />
      )}
    </>
  );
}

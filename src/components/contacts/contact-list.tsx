"use client";

import { Ban, UserMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "~/components/ui/button";
import { IconButton } from "~/components/ui/icon-button";
import type { Contact } from "~/shared/contacts";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { Confirm } from "./confirm";
import { PersonList } from "./person-list";
import { PersonRow, PersonRowSkeleton } from "./person-row";
import { useContactActions } from "./use-contact-actions";

type ContactListProps = { me: User; onOpenRoom: (roomId: string) => void };

/** My address book. */
export function ContactList({ me, onOpenRoom }: ContactListProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  const actions = useContactActions();
  const contacts = trpc.contacts.list.useQuery();
  const [asking, setAsking] = useState<{ what: "block" | "remove"; contact: Contact }>();

  if (contacts.error) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 px-2 text-ink-2">
        {errorText(contacts.error)}
        <Button variant="secondary" onClick={() => void contacts.refetch()}>
          {t("common.retry")}
        </Button>
      </div>
    );
  }
  if (contacts.data?.items.length === 0) {
    return (
      <div className="px-2 py-6 text-center text-ink-2">
        <p className="font-medium text-ink">{t("contacts.noContacts")}</p>
        <p className="mt-1">{t("contacts.noContactsText", { username: `@${me.username}` })}</p>
      </div>
    );
  }
  return (
    <PersonList title={t("contacts.mine")}>
      {contacts.data
        ? contacts.data.items.map((contact) => (
            <PersonRow
              key={contact.id}
              user={contact.user}
              presence={contact.presence}
              openLabel={t("contacts.message", { name: contact.user.displayName })}
              onOpen={() => onOpenRoom(contact.roomId)}
            >
              <IconButton
                label={t("contacts.remove")}
                onClick={() => setAsking({ what: "remove", contact })}
                tooltip={{ align: "end" }}
              >
                <UserMinus aria-hidden />
              </IconButton>
              <IconButton
                label={t("contacts.block")}
                onClick={() => setAsking({ what: "block", contact })}
                tooltip={{ align: "end" }}
              >
                <Ban aria-hidden />
              </IconButton>
            </PersonRow>
          ))
        : [1, 2, 3, 4].map((row) => <PersonRowSkeleton key={row} />)}
      {asking && (
        <Confirm
          what={asking.what}
          user={asking.contact.user}
          onClose={() => setAsking(undefined)}
          onConfirm={() => {
            if (asking.what === "block") actions.block(asking.contact.user);
            else actions.remove(asking.contact.id, asking.contact.user);
          }}
        />
      )}
    </PersonList>
  );
}

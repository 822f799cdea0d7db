"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { trpc } from "~/trpc/react";
import { PersonList } from "./person-list";
import { PersonRow } from "./person-row";
import { useContactActions } from "./use-contact-actions";

/** The people I have blocked; nothing if there are none. */
export function BlockedList() {
  const t = useTranslations("contacts");
  const actions = useContactActions();
  const blocked = trpc.contacts.blocked.useQuery();
  if (!blocked.data?.length) return null;
  return (
    <PersonList title={t("blockedList")}>
      {blocked.data.map((user) => (
        <PersonRow key={user.id} user={user}>
          <Button
            variant="secondary"
            size="small"
            disabled={actions.busy}
            onClick={() => actions.unblock(user)}
          >
            {t("unblock")}
          </Button>
        </PersonRow>
      ))}
    </PersonList>
  );
}

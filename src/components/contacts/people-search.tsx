"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { useDebounced } from "~/components/ui/use-debounced";
import type { Person } from "~/shared/contacts";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { PersonList } from "./person-list";
import { PersonRow, PersonRowSkeleton } from "./person-row";
import { useContactActions } from "./use-contact-actions";

const typingPauseMs = 200;

type PeopleSearchProps = { query: string; onOpenRoom: (roomId: string) => void };

/** The people that a name finds, each with what comes next: add, write, or unblock. */
export function PeopleSearch({ query, onOpenRoom }: PeopleSearchProps) {
  const t = useTranslations("contacts");
  const errorText = useErrorText();
  const actions = useContactActions();
  const settled = useDebounced(query, typingPauseMs);
  const people = trpc.contacts.search.useQuery(
    { query: settled },
    { enabled: settled !== "", placeholderData: keepPreviousData },
  );

  const next = (person: Person) => {
    if (person.blockedByMe) return { label: t("unblock"), act: () => actions.unblock(person) };
    return {
      label: person.isContact ? t("write") : t("add"),
      act: () => actions.add(person, onOpenRoom),
    };
  };
  return (
    <>
      <PersonList title={t("results")}>
        {people.data
          ? people.data.map((person) => {
              const { label, act } = next(person);
              return (
                <PersonRow key={person.id} user={person}>
                  <Button
                    data-list-item
                    variant={person.isContact || person.blockedByMe ? "secondary" : "primary"}
                    size="small"
                    disabled={actions.busy}
                    onClick={act}
                    aria-label={`${label}: ${person.displayName}`}
                  >
                    {label}
                  </Button>
                </PersonRow>
              );
            })
          : !people.error && [1, 2, 3].map((row) => <PersonRowSkeleton key={row} />)}
      </PersonList>
      <p role="status" className="px-2 text-ink-2 empty:hidden">
        {people.error ? errorText(people.error) : people.data?.length === 0 && t("noResults")}
      </p>
    </>
  );
}

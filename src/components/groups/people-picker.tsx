"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Check, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Avatar } from "~/components/ui/avatar";
import { Input } from "~/components/ui/input";
import { moveFocusInList } from "~/components/ui/list-keys";
import { useDebounced } from "~/components/ui/use-debounced";
import { useFace } from "~/i18n/use-face";
import type { User } from "~/shared/users";
import { trpc } from "~/trpc/react";
import { useErrorText } from "~/trpc/use-error-text";
import { PickedPeople } from "./picked-people";

const typingPauseMs = 200;

/** My contacts; with a query, everybody whom it finds. Not those I have blocked. */
const usePeople = (query: string) => {
  const settled = useDebounced(query, typingPauseMs);
  const contacts = trpc.contacts.list.useQuery(undefined, { enabled: query === "" });
  const found = trpc.contacts.search.useQuery(
    { query: settled },
    { enabled: settled !== "" && query !== "", placeholderData: keepPreviousData },
  );
  return query === ""
    ? { people: contacts.data?.items.map(({ user }) => user), error: contacts.error }
    : { people: found.data?.filter(({ blockedByMe }) => !blockedByMe), error: found.error };
};

type PeoplePickerProps = {
  picked: readonly User[];
  onChange: (picked: User[]) => void;
  /** Who is not to be offered, by id. */
  without?: ReadonlySet<string>;
};

/** Chooses people from one's contacts and from everybody that a name finds. */
export function PeoplePicker({ picked, onChange, without }: PeoplePickerProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  const face = useFace();
  const [query, setQuery] = useState("");
  const { people, error } = usePeople(query.trim());
  const offered = people?.filter(({ id }) => !without?.has(id));
  const isPicked = (user: User): boolean => picked.some(({ id }) => id === user.id);
  const toggle = (user: User): void => {
    const others = picked.filter(({ id }) => id !== user.id);
    onChange(others.length < picked.length ? others : [...others, user]);
  };
  const nobody = (): string => {
    if (query.trim() !== "") return t("contacts.noResults");
    return people?.length === 0 ? t("contacts.noContacts") : t("groups.nobodyLeft");
  };
  return (
    <fieldset className="flex min-h-0 flex-col gap-3">
      <legend className="pb-1.5 font-medium text-sm">{t("groups.people")}</legend>
      <PickedPeople picked={picked} onUnpick={toggle} />
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 start-3 my-auto size-[18px] text-ink-3"
        />
        <Input
          type="search"
          aria-label={t("groups.searchPeople")}
          placeholder={t("contacts.searchPlaceholder")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          // The form is not sent by a search.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className="ps-10"
        />
      </div>
      <ul
        aria-label={t("groups.pick")}
        onKeyDown={moveFocusInList}
        className="-mx-2 flex min-h-0 flex-col overflow-y-auto p-0.5"
      >
        {offered?.map((user) => (
          <li key={user.id}>
            <label className="flex cursor-pointer items-center gap-3 rounded-item p-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2">
              <input
                type="checkbox"
                data-list-item
                checked={isPicked(user)}
                onChange={() => toggle(user)}
                className="peer sr-only"
              />
              <Avatar {...face(user)} />
              <span className="min-w-0 flex-1">
                <span dir="auto" className="block w-fit max-w-full truncate font-medium">
                  {user.displayName}
                </span>
                <span className="block truncate text-ink-2 text-sm">@{user.username}</span>
              </span>
              <span
                aria-hidden
                className="grid size-5 shrink-0 place-items-center rounded-full border border-line-strong text-transparent peer-checked:border-accent peer-checked:bg-accent peer-checked:text-accent-ink"
              >
                <Check className="size-3.5" strokeWidth={3} />
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p role="status" className="text-ink-2 text-sm empty:hidden">
        {error ? errorText(error) : offered?.length === 0 && nobody()}
      </p>
    </fieldset>
  );
}

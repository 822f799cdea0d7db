"use client";

import { Search, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Input } from "~/components/ui/input";
import { SoftLink } from "~/components/ui/soft-link";
import { useEscape } from "~/components/ui/use-escape";
import { ZoneHeader } from "~/components/ui/zone-header";
import type { User } from "~/shared/users";
import { BlockedList } from "./blocked-list";
import { ContactList } from "./contact-list";
import { PeopleSearch } from "./people-search";

type ContactsViewProps = {
  me: User;
  upHref: string;
  newGroupHref: string;
  onOpenRoom: (roomId: string) => void;
  onClose: () => void;
};

/** Find people, and the people I have found. */
export function ContactsView({ me, upHref, newGroupHref, onOpenRoom, onClose }: ContactsViewProps) {
  const t = useTranslations();
  const [query, setQuery] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEscape(() => (query === "" ? onClose() : setQuery("")));
  return (
    <>
      <ZoneHeader upHref={upHref}>
        <h1 className="font-semibold">{t("contacts.title")}</h1>
      </ZoneHeader>
      <div className="flex-1 overflow-y-auto [--surface:var(--canvas)]">
        <div className="mx-auto flex max-w-[560px] flex-col gap-6 px-4 py-6">
          <div className="relative">
            <Search
              aria-hidden
              className="pointer-events-none absolute inset-y-0 start-3 my-auto size-[18px] text-ink-3"
            />
            <Input
              ref={input}
              type="search"
              aria-label={t("contacts.searchLabel")}
              placeholder={t("contacts.searchPlaceholder")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              className="ps-10"
            />
          </div>
          {query.trim() === "" ? (
            <>
              <SoftLink
                href={newGroupHref}
                className="-my-2 flex items-center gap-3 rounded-item p-2 hover:bg-hover"
              >
                <span className="grid size-10 shrink-0 place-items-center rounded-[30%] bg-accent-soft text-accent">
                  <Users aria-hidden className="size-5" />
                </span>
                <span>
                  <span className="block font-medium">{t("groups.new")}</span>
                  <span className="block text-ink-2 text-sm">{t("groups.newHint")}</span>
                </span>
              </SoftLink>
              <ContactList me={me} onOpenRoom={onOpenRoom} />
              <BlockedList />
            </>
          ) : (
            <PeopleSearch query={query.trim()} onOpenRoom={onOpenRoom} />
          )}
        </div>
      </div>
    </>
  );
}

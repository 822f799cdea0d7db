"use client";

import { Clock, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { FilterBar } from "~/components/messages/search/filter-bar";
import { recentSearches, rememberSearch } from "~/components/messages/search/recent-searches";
import { SearchResult } from "~/components/messages/search/search-result";
import { RoomNameOf, RoomOption } from "~/components/rooms/room-option";
import { Avatar } from "~/components/ui/avatar";
import { IconButton } from "~/components/ui/icon-button";
import { type Option, OptionField } from "~/components/ui/option-field";
import { PaletteDialog } from "~/components/ui/palette-dialog";
import { navigate } from "~/components/ui/soft-navigation";
import { useFace } from "~/i18n/use-face";
import type { Person } from "~/shared/contacts";
import { roomHref } from "~/shared/room-href";
import type { User } from "~/shared/users";
import { useErrorText } from "~/trpc/use-error-text";
import { useGoToFound } from "./use-go-to-found";
import { useSearchEverything } from "./use-search-everything";

const names = ["from", "in", "has", "before", "after"] as const;
/** Of rooms and of people, where there are messages as well. */
const shownBeside = 5;

type PaletteProps = {
  me: User;
  text: string;
  onChange: (text: string) => void;
  /** Has the focus back. */
  opener: Element;
  onPerson: (person: Person) => void;
  onClose: () => void;
};

/** One search over my rooms, all people and my messages; leads to what is picked. */
export function Palette({ me, text, onChange, opener, onPerson, onClose }: PaletteProps) {
  const t = useTranslations("rooms");
  const tMessages = useTranslations("messages.search");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const face = useFace();
  const field = useRef<HTMLInputElement>(null);
  const { filterOptions, rooms, people, messages, query, unknown, pending, error, more } =
    useSearchEverything({
      text,
      onChange,
      me,
    });
  const goToMessage = useGoToFound(me);
  /** An option that leads somewhere, and closes the palette. */
  const leadsTo = (option: Omit<Option, "onPick">, visit: () => void): Option => ({
    ...option,
    onPick: () => {
      onClose();
      visit();
    },
  });

  const shown = messages.length > 0 || text === "" ? shownBeside : undefined;
  const groups = [
    ...(filterOptions ? [filterOptions] : []),
    {
      label: t("recentSearches"),
      options: (text === "" ? recentSearches() : []).map((recent) => ({
        key: recent,
        content: (
          <span className="flex min-h-10 items-center gap-2.5 px-2">
            <Clock aria-hidden className="size-4 shrink-0 text-ink-3" />
            <bdi className="truncate">{recent}</bdi>
          </span>
        ),
        onPick: () => onChange(`${recent} `),
      })),
    },
    {
      label: t("searchRooms"),
      options: rooms
        .slice(0, shown)
        .map((room) =>
          leadsTo({ key: room.id, content: <RoomOption room={room} /> }, () => navigate(roomHref(room.id))),
        ),
    },
    {
      label: t("searchPeople"),
      options: people.slice(0, shown).map((person) =>
        leadsTo(
          {
            key: person.id,
            content: (
              <span className="flex min-w-0 items-center gap-2.5 p-2">
                <Avatar {...face(person)} />
                <span className="min-w-0">
                  <span dir="auto" className="block truncate font-medium">
                    {person.displayName}
                  </span>
                  <span className="block truncate text-ink-2 text-sm">@{person.username}</span>
                </span>
              </span>
            ),
          },
          () => onPerson(person),
        ),
      ),
    },
    {
      label: tMessages("messages"),
      options: messages.map((message) =>
        leadsTo(
          {
            key: message.id,
            content: (
              <SearchResult
                message={message}
                query={query}
                room={<RoomNameOf roomId={message.roomId} besides={message.author.id} />}
              />
            ),
          },
          () => {
            rememberSearch(text);
            goToMessage(message);
          },
        ),
      ),
    },
  ];
  const status = (): string | false => {
    if (error) return errorText(error);
    if (text.trim() === "") return tMessages("syntax");
    if (unknown && !filterOptions) return tMessages("unknown", { filter: unknown });
    return !pending && groups.every(({ options }) => options.length === 0) && t("searchEmpty");
  };
  return (
    <PaletteDialog label={t("searchLabel")} field={field} opener={opener} onClose={onClose}>
      <OptionField
        label={t("searchLabel")}
        field={field}
        value={text}
        onChange={onChange}
        groups={groups}
        status={status()}
        onEnd={more}
        beside={
          <IconButton label={tCommon("close")} onClick={onClose} tooltip={{ align: "end" }}>
            <X aria-hidden />
          </IconButton>
        }
      >
        <FilterBar text={text} onChange={onChange} field={field} names={names} />
      </OptionField>
    </PaletteDialog>
  );
}

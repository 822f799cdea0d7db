import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "~/components/ui/avatar";
import type { Option, OptionGroup } from "~/components/ui/option-field";
import { useFace } from "~/i18n/use-face";
import { foldForSearch } from "~/shared/fold-for-search";
import type { User } from "~/shared/users";
import { hasNames } from "./filter-names";
import { type TypedFilter, unfinishedFilter, withFilter } from "./search-text";

/** What fits on a screen with the keyboard up. */
const shown = 6;
const daysBack = [0, 1, 7, 30, 365];

interface Scene {
  text: string;
  onChange: (text: string) => void;
  me: User;
  /** Whom a message may be from, the likeliest first. */
  people: readonly User[];
  /** Where it may be: what the rooms are called. */
  rooms: readonly { id: string; name: string }[];
}

const isoDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

const line = (content: ReactNode, hint?: string): ReactNode => (
  <span className="flex min-h-10 items-center gap-2.5 px-2">
    <span className="flex min-w-0 grow items-center gap-2.5">{content}</span>
    {hint && <span className="shrink-0 text-ink-3 text-sm">{hint}</span>}
  </span>
);

/** What the filter that is being typed may be meant to say; undefined while none is. */
export const useFilterOptions = ({ text, onChange, me, people, rooms }: Scene): OptionGroup | undefined => {
  const t = useTranslations("messages.search");
  const format = useFormatter();
  const face = useFace();
  const typed = unfinishedFilter(text);
  if (!typed) return undefined;
  const wanted = foldForSearch(typed.value).replace(/^@/, "");
  const option = (value: string, content: ReactNode): Option => ({
    key: value,
    content,
    onPick: () => onChange(withFilter(text, t(`words.${typed.name}`), value, typed)),
  });
  const fits = (name: string): boolean => foldForSearch(name).includes(wanted);

  const optionsOf = ({ name }: TypedFilter): Option[] => {
    if (name === "from") {
      const all = [me, ...people.filter(({ id, deleted }) => id !== me.id && !deleted)];
      return all
        .filter(({ displayName, username }) => fits(`${displayName} ${username}`))
        .map((person) =>
          option(
            person.username,
            line(
              <>
                <Avatar {...face(person)} size="tiny" />
                <bdi className="truncate">
                  {person.id === me.id ? t("me", { name: person.displayName }) : person.displayName}
                </bdi>
              </>,
              `@${person.username}`,
            ),
          ),
        );
    }
    if (name === "in") {
      return rooms
        .filter((room) => fits(room.name))
        .map((room) => option(room.name, line(<bdi className="truncate">{room.name}</bdi>)));
    }
    if (name === "has") {
      return (Object.keys(hasNames) as (keyof typeof hasNames)[])
        .filter((what) => wanted === "" || hasNames[what].some((called) => called.startsWith(wanted)))
        .map((what) => option(t(`has.${what}`), line(t(`hasNames.${what}`))));
    }
    const now = new Date();
    return daysBack
      .map((days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days))
      .filter((day) => isoDay(day).startsWith(typed.value))
      .map((day) => option(isoDay(day), line(format.dateTime(day, { dateStyle: "full" }), isoDay(day))));
  };
  return { label: t(`names.${typed.name}`), options: optionsOf(typed).slice(0, shown) };
};

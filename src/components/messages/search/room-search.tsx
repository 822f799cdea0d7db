"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { OptionField } from "~/components/ui/option-field";
import { useDebounced } from "~/components/ui/use-debounced";
import { useEscape } from "~/components/ui/use-escape";
import type { User } from "~/shared/users";
import { useErrorText } from "~/trpc/use-error-text";
import { useGoToMessage } from "../use-go-to-message";
import { FilterBar } from "./filter-bar";
import { SearchResult } from "./search-result";
import { readSearch, toMessageSearch } from "./search-text";
import { useFilterOptions } from "./use-filter-options";
import { useMessageSearch } from "./use-message-search";

const typingPauseMs = 250;
const names = ["from", "has", "before", "after"] as const;

type RoomSearchProps = {
  roomId: string;
  me: User;
  /** Who writes there. */
  people: readonly User[];
  onClose: () => void;
  /** Called where the panel covers the timeline: leave it for this message. */
  onGoTo: (seq: number) => void;
};

/** The right zone as a search in this room; a result leads to its place in the timeline. */
export function RoomSearch({ roomId, me, people, onClose, onGoTo }: RoomSearchProps) {
  const t = useTranslations("messages.search");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const goTo = useGoToMessage(roomId, me, onGoTo);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const settled = useDebounced(text, typingPauseMs);
  useEscape(onClose);
  useEffect(() => field.current?.focus(), []);

  const scene = { now: new Date(), myUsername: me.username, findRoom: () => undefined };
  const { search, unknown } = toMessageSearch(readSearch(settled), scene);
  const filterOptions = useFilterOptions({ text, onChange: setText, me, people, rooms: [] });
  const { found, pending, error, more } = useMessageSearch(
    unknown.length === 0 ? { ...search, roomId } : null,
  );
  const messages = found.map((message) => ({
    key: message.id,
    content: <SearchResult message={message} query={search.query} />,
    onPick: () => goTo(message.seq),
  }));
  const status = (): string | false => {
    if (error) return errorText(error);
    if (text.trim() === "") return t("hint");
    const [first] = unknown;
    if (first && !filterOptions) return t("unknown", { filter: settled.slice(first.start, first.end) });
    return !pending && found.length === 0 && t("none");
  };
  return (
    <aside
      aria-label={t("title")}
      className="flex min-w-0 flex-1 flex-col border-line lg:w-[320px] lg:flex-none lg:border-s"
    >
      <OptionField
        label={t("title")}
        field={field}
        value={text}
        onChange={setText}
        groups={[...(filterOptions ? [filterOptions] : []), { label: t("messages"), options: messages }]}
        status={status()}
        onEnd={more}
        beside={
          <IconButton label={tCommon("close")} onClick={onClose} tooltip={{ align: "end" }}>
            <X aria-hidden />
          </IconButton>
        }
      >
        <FilterBar text={text} onChange={setText} field={field} names={names} />
      </OptionField>
    </aside>
  );
}

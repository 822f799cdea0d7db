import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import { useFileTitle } from "~/i18n/use-file-title";
import type { Message } from "~/shared/messages";
import { plainText } from "~/shared/plain-text";
import { foundWords } from "./found-words";

type SearchResultProps = {
  message: Message;
  query: string;
  /** What its room is called, where it could be any. */
  room?: ReactNode;
};

/** A message that was found: whose, where, when, and the words around what was searched for. */
export function SearchResult({ message, query, room }: SearchResultProps) {
  const { author, body, createdAt, attachments } = message;
  const format = useFormatter();
  const face = useFace()(author);
  const fileTitle = useFileTitle();
  return (
    <span className="grid grid-cols-[32px_minmax(0,1fr)] gap-x-2.5 px-2 py-2 text-start">
      <Avatar {...face} size="small" className="self-start" />
      <span className="min-w-0">
        <span className="flex items-baseline gap-1.5 text-[13px]">
          <bdi className="shrink truncate font-semibold">{face.name}</bdi>
          <span className="flex min-w-0 grow gap-1.5 text-ink-3">{room}</span>
          <time dateTime={createdAt.toISOString()} className="shrink-0 text-ink-3 text-xs tabular-nums">
            {format.dateTime(createdAt, { day: "numeric", month: "short", year: "2-digit" })}
          </time>
        </span>
        <span dir="auto" className="wrap-anywhere line-clamp-3 text-ink-2 text-sm">
          {foundWords(plainText(body), query).map(({ text, isFound }, index) =>
            isFound ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text never change places
              <mark key={index} className="rounded-[3px] bg-mark text-ink">
                {text}
              </mark>
            ) : (
              text
            ),
          )}
        </span>
        {attachments.length > 0 && (
          <span className="block truncate text-ink-3 text-sm">
            📎 {attachments.map(fileTitle).join(", ")}
          </span>
        )}
      </span>
    </span>
  );
}

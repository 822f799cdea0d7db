import { useTranslations } from "next-intl";
import { PlainText } from "./plain-text";
import { isOnlyEmoji } from "./text-segments";
import { hasMarkup, useMarkdown } from "./use-markdown";

type MessageTextProps = {
  id: string;
  text: string;
  /** Whether it was corrected: it says so. */
  edited: boolean;
};

/** What somebody wrote: its line breaks kept, its Markdown drawn, a few emoji alone enlarged. */
export function MessageText({ id, text, edited }: MessageTextProps) {
  const t = useTranslations("messages");
  const Markdown = useMarkdown();
  if (Markdown && hasMarkup(text)) {
    return (
      <div id={id} dir="auto" className="wrap-anywhere">
        <Markdown text={text} />
        {edited && <p className="text-ink-3 text-xs">{t("edited")}</p>}
      </div>
    );
  }
  return (
    <p id={id} dir="auto" className="wrap-anywhere whitespace-pre-wrap">
      {isOnlyEmoji(text) ? (
        <span className="text-[34px] leading-[42px]">{text}</span>
      ) : (
        <PlainText text={text} />
      )}
      {edited && <span className="ms-1.5 text-ink-3 text-xs">{t("edited")}</span>}
    </p>
  );
}

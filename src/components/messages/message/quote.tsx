import { useTranslations } from "next-intl";
import { usePersonName } from "~/i18n/use-face";
import { useFileTitle } from "~/i18n/use-file-title";
import type { Message } from "~/shared/messages";
import { plainLine } from "~/shared/plain-text";
import { useMessageAt } from "../conversation/use-message-at";
import { useMessageRoom } from "../message-room";

/** What a quote shows of a message: one line. */
const usePreview = (): ((message: Message) => string) => {
  const t = useTranslations("messages");
  const title = useFileTitle();
  return ({ body, deletedAt, attachments: [file] }) => {
    if (deletedAt) return t("deleted");
    return plainLine(body) || (file ? title(file) : "");
  };
};

/** A message in two lines: whose it is, and how it begins. */
export function QuotedMessage({ message }: { message: Message }) {
  const preview = usePreview();
  const personName = usePersonName();
  return (
    <>
      <bdi className="block truncate font-semibold text-[12.5px] text-accent leading-[18px]">
        {personName(message.author)}
      </bdi>
      <span dir="auto" className="block truncate text-ink-2 text-sm">
        {preview(message)}
      </span>
    </>
  );
}

/** What a message answers; a press leads there. It is as high and as wide while it is fetched as it is then. */
export function Quote({ seq, tabIndex }: { seq: number; tabIndex: number }) {
  const t = useTranslations("messages");
  const { conversation } = useMessageRoom();
  const personName = usePersonName();
  const quoted = useMessageAt(conversation, seq);
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      disabled={!quoted}
      aria-label={quoted ? t("goToQuoted", { name: personName(quoted.author) }) : undefined}
      onClick={() => void conversation.showAt(seq)}
      className="mt-px mb-[5px] block h-10 w-0 min-w-[max(100%,11rem)] rounded-[2px] border-accent border-s-[3px] ps-[9px] text-start"
    >
      {quoted && <QuotedMessage message={quoted} />}
      {quoted === null && <span className="text-ink-3 text-sm italic">{t("quoteGone")}</span>}
    </button>
  );
}

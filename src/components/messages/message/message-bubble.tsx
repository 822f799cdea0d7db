import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { captionWidthOf } from "../attachments/layout";
import { MessageFiles } from "../attachments/message-files";
import { filesOf } from "../attachments/shown-file";
import { MessageText } from "../text/message-text";
import { isOnlyEmoji } from "../text/text-segments";
import type { Row } from "../timeline/rows";
import { Quote } from "./quote";

/** The message itself; its corner points to the author where their messages begin. */
export function MessageBubble({ row, tabIndex }: { row: Row; tabIndex: number }) {
  const t = useTranslations("messages");
  const { key, body, message, replyToSeq, mine, opensGroup } = row;
  const id = `${key}-text`;
  const shape = clsx("rounded-card", opensGroup && (mine ? "rounded-se-[4px]" : "rounded-ss-[4px]"));
  if (message?.deletedAt) {
    return (
      <p
        id={id}
        className={clsx(shape, "w-fit border border-line px-[11px] py-[7px] text-base text-ink-3 italic")}
      >
        {t("deleted")}
      </p>
    );
  }
  const files = filesOf(row);
  const hasFiles = files.length > 0;
  const bare = isOnlyEmoji(body) && replyToSeq === null && !hasFiles;
  return (
    <div
      className={clsx(
        "w-fit max-w-full text-base pointer-coarse:select-none [-webkit-touch-callout:none]",
        bare
          ? "py-1"
          : [
              shape,
              "border",
              hasFiles ? "p-1" : "px-[11px] py-[7px]",
              mine ? "border-transparent bg-mine text-mine-ink" : "border-line bg-theirs",
            ],
      )}
    >
      {replyToSeq !== null && <Quote seq={replyToSeq} tabIndex={tabIndex} />}
      {hasFiles && <MessageFiles row={row} tabIndex={tabIndex} />}
      {(body !== "" || !hasFiles) && (
        <div
          className={clsx(
            hasFiles && "px-[7px] pt-[5px] pb-[3px]",
            // As wide as the pictures, whatever is written.
            captionWidthOf(files) !== null && "w-0 min-w-full",
          )}
        >
          <MessageText id={id} text={body} edited={Boolean(message?.editedAt)} />
        </div>
      )}
    </div>
  );
}

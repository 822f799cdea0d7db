import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "~/components/ui/icon-button";
import { plainLine } from "~/shared/plain-text";
import { useMessageAt } from "../conversation/use-message-at";
import { QuotedMessage } from "../message/quote";
import { useMessageRoom } from "../message-room";
import type { Aim } from "./drafts";

/** Above the field: which message one answers or corrects, and the way out of it. */
export function ComposerAim({
  aim,
  onLeave,
}: {
  aim: Exclude<Aim, { type: "message" }>;
  onLeave: () => void;
}) {
  const t = useTranslations("messages");
  const { conversation } = useMessageRoom();
  const message = useMessageAt(conversation, aim.seq);
  return (
    <div className="flex items-center gap-2 ps-2.5 pt-1 pb-1.5">
      <div className="min-h-[38px] min-w-0 flex-1 border-accent border-s-[3px] ps-[9px]">
        {aim.type === "reply" && <span className="sr-only">{t("replyingTo")}</span>}
        {aim.type === "reply" && message && <QuotedMessage message={message} />}
        {aim.type === "edit" && (
          <span className="block font-semibold text-[12.5px] text-accent leading-[18px]">{t("editing")}</span>
        )}
        {aim.type === "edit" && message && (
          <span dir="auto" className="block truncate text-ink-2 text-sm">
            {plainLine(message.body)}
          </span>
        )}
        {message === null && <span className="block text-ink-3 text-sm italic">{t("quoteGone")}</span>}
      </div>
      <IconButton
        label={t(aim.type === "edit" ? "cancelEdit" : "cancelReply")}
        onClick={onLeave}
        tooltip={{ side: "top", align: "end" }}
      >
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePersonName } from "~/i18n/use-face";
import { useFileTitle } from "~/i18n/use-file-title";
import { useNoticeText } from "~/i18n/use-notice-text";
import { plainText } from "~/shared/plain-text";
import { filesOf } from "../attachments/shown-file";
import type { Row } from "./rows";

/** Reads new messages aloud as they come, and nothing else: not history, not one's own. */
export function LiveAnnouncer({ newest, myId }: { newest: Row | undefined; myId: string }) {
  const t = useTranslations("messages");
  const noticeText = useNoticeText();
  const fileTitle = useFileTitle();
  const personName = usePersonName();
  const seq = newest?.seq ?? 0;
  const [from] = useState(seq);
  const announced = newest && seq > from && !newest.mine && !newest.message?.deletedAt;
  const notice = newest?.message?.notice;
  return (
    <div aria-live="polite" className="sr-only">
      {announced && (
        <p key={newest.key}>
          {notice
            ? noticeText({ author: newest.author, notice }, myId)
            : t("announcement", {
                name: personName(newest.author),
                text: plainText(newest.body) || filesOf(newest).map(fileTitle).join(", "),
              })}
        </p>
      )}
    </div>
  );
}

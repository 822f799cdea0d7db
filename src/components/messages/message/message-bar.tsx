import { clsx } from "clsx";
import { Ellipsis, Reply, SmilePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { IconButton } from "~/components/ui/icon-button";
import type { Message } from "~/shared/messages";
import { useMessageRoom } from "../message-room";
import { isLive } from "./message-rights";
import { type Overlay, overlayAt } from "./overlay";

const button = "h-[30px] w-8 [&>svg]:size-4";

/** What one does with a message most, above it while the pointer or the focus is there. Touch has the menu. */
export function MessageBar({ message, mine }: { message: Message; mine: boolean }) {
  const t = useTranslations("messages");
  const { isOpen, actions } = useMessageRoom();
  const open =
    (kind: Overlay["kind"]) =>
    ({ currentTarget }: MouseEvent) =>
      actions.open(overlayAt(kind, message, currentTarget));
  return (
    <div
      role="toolbar"
      aria-label={t("actions")}
      className={clsx(
        "absolute -top-[26px] z-10 flex rounded-item border border-line bg-raised shadow-float pointer-coarse:hidden",
        // Wider than a short message: it then begins, or ends, where the message does.
        mine || !isOpen || !isLive(message) ? "end-2" : "start-[max(0px,calc(100%-106px))]",
      )}
    >
      {isOpen && isLive(message) && (
        <>
          <IconButton
            label={t("react")}
            onClick={open("reactions")}
            className={button}
            tooltip={{ side: "top" }}
          >
            <SmilePlus aria-hidden />
          </IconButton>
          <IconButton
            label={t("reply")}
            onClick={() => actions.reply(message)}
            className={button}
            tooltip={{ side: "top" }}
          >
            <Reply aria-hidden className="rtl:-scale-x-100" />
          </IconButton>
        </>
      )}
      <IconButton
        label={t("more")}
        aria-haspopup="menu"
        onClick={open("menu")}
        className={button}
        tooltip={{ side: "top", align: mine ? "end" : "center" }}
      >
        <Ellipsis aria-hidden />
      </IconButton>
    </div>
  );
}

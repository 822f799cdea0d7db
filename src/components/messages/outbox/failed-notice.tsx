import { useTranslations } from "next-intl";
import type { Outgoing } from "./outbox";

/** Under a message that the server refused: why, and what one can do. */
export function FailedNotice({
  outgoing: { reason },
  onResend,
  onDiscard,
}: {
  outgoing: Outgoing;
  onResend: () => void;
  onDiscard: () => void;
}) {
  const t = useTranslations("messages");
  const tErrors = useTranslations("errors");
  const action = "rounded-control px-1.5 py-1 font-semibold hover:bg-hover pointer-coarse:py-2.5";
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end text-danger text-xs">
      <span className="me-1">
        {reason === null || reason === "RATE_LIMITED" ? t("delivery.failed") : tErrors(reason)}
      </span>
      <button type="button" onClick={onResend} className={action}>
        {t("resend")}
      </button>
      <button type="button" onClick={onDiscard} className={action}>
        {t("discard")}
      </button>
    </div>
  );
}

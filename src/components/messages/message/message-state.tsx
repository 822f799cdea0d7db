import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Delivery } from "../timeline/rows";

const icons = { waiting: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };
const colors: Partial<Record<Delivery, string>> = { read: "text-accent", failed: "text-danger" };

/** The tick beside a message of one's own. */
export function MessageState({ delivery }: { delivery: Delivery }) {
  const t = useTranslations("messages.delivery");
  const Icon = icons[delivery];
  return (
    <span className={colors[delivery]}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{t(delivery)}</span>
    </span>
  );
}

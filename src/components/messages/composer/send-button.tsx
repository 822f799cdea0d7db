import { ArrowRight, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "~/components/ui/icon-button";

/** Sends what is written, or saves a correction. */
export function SendButton({ editing, sendable }: { editing: boolean; sendable: boolean }) {
  const t = useTranslations("messages");
  return (
    <IconButton
      type="submit"
      label={t(editing ? "saveEdit" : "send")}
      variant="primary"
      aria-disabled={!sendable}
      tooltip={{ side: "top", align: "end" }}
      className="rounded-[9px] aria-disabled:opacity-50"
      // The field keeps the focus, and a phone its keyboard.
      onPointerDown={(event) => event.preventDefault()}
    >
      {editing ? <Check aria-hidden /> : <ArrowRight aria-hidden className="rtl:rotate-180" />}
    </IconButton>
  );
}

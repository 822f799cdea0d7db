import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";

/** Covers the room while files are held above it. */
export function DropHint() {
  const t = useTranslations("messages.files");
  return (
    <div className="pointer-events-none absolute inset-2 z-20 grid place-content-center justify-items-center gap-2 rounded-field border-2 border-accent border-dashed bg-canvas/90 font-semibold text-accent">
      <Paperclip aria-hidden className="size-7" />
      {t("drop")}
    </div>
  );
}

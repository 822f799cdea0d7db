import { useTranslations } from "next-intl";

/** In place of the composer, in a room that nobody reads any more but oneself. */
export function ClosedNotice() {
  const t = useTranslations("rooms");
  return (
    <p role="note" className="border-line border-t px-4 py-4 text-center text-ink-2 text-sm">
      {t("closed")}
    </p>
  );
}

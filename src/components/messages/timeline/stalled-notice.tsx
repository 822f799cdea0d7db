import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";

/** Messages could not be loaded; another try comes by itself, or at once by the button. */
export function StalledNotice({ onRetry, atEnd }: { onRetry: () => void; atEnd?: boolean }) {
  const t = useTranslations("messages");
  return (
    <div
      role="status"
      className={clsx(
        "absolute inset-x-0 z-10 flex flex-wrap items-center justify-center gap-x-3 bg-canvas/90 px-3 py-1 text-ink-2 text-sm",
        atEnd ? "bottom-0" : "top-0",
      )}
    >
      {t("stalled")}
      <Button variant="ghost" size="small" onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  );
}

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";

/** Floats over the timeline's lower edge while one reads further up. */
export function JumpToLatest({ newCount, onJump }: { newCount: number; onJump: () => void }) {
  const t = useTranslations("messages");
  return (
    <button
      type="button"
      onClick={onJump}
      aria-label={
        newCount > 0 ? `${t("jumpToLatest")}, ${t("newCount", { count: newCount })}` : t("jumpToLatest")
      }
      className="absolute end-5 bottom-3 z-10 flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-full border border-line bg-raised px-2.5 font-semibold text-accent text-sm shadow-float hover:border-accent-line pointer-coarse:h-10 pointer-coarse:min-w-10"
    >
      <ArrowDown aria-hidden className="size-4" />
      {newCount > 0 && <span className="pe-1">{t("newCount", { count: newCount })}</span>}
    </button>
  );
}

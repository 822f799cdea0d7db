import { clsx } from "clsx";
import { useFormatter, useTranslations } from "next-intl";

/** The counter appears when this many characters are left. */
const countFrom = 200;

/** How many characters one may still write, once it matters. */
export function CharactersLeft({ id, left }: { id: string; left: number }) {
  const t = useTranslations("messages");
  const format = useFormatter();
  return (
    <span id={id} aria-live="polite">
      {left <= countFrom && (
        <span
          className={clsx(
            "block px-1 pb-2.5 text-xs tabular-nums",
            left < 0 ? "font-semibold text-danger" : "text-ink-3",
          )}
        >
          <span aria-hidden>{format.number(left)}</span>
          <span className="sr-only">
            {left < 0 ? t("tooLong", { count: -left }) : t("charactersLeft", { count: left })}
          </span>
        </span>
      )}
    </span>
  );
}

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import type { FilterName } from "./filter-names";
import { readSearch, withFilter, withoutFilter } from "./search-text";

type FilterBarProps = {
  text: string;
  onChange: (text: string) => void;
  /** Has the focus back, to go on typing. */
  field: RefObject<HTMLInputElement | null>;
  /** The filters that one can add. */
  names: readonly FilterName[];
};

const pill =
  "flex h-7 shrink-0 items-center gap-1 rounded-full border px-2.5 text-[13px] pointer-coarse:h-10 pointer-coarse:px-3.5";

/** The filters of a search: those that stand in the text, each with a way out, and those that one can add. */
export function FilterBar({ text, onChange, field, names }: FilterBarProps) {
  const t = useTranslations("messages.search");
  const { filters } = readSearch(text);
  const change = (next: string): void => {
    onChange(next);
    field.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label={t("filters")}
      className="flex shrink-0 flex-wrap gap-1.5 border-line border-b px-4 pb-3"
    >
      {filters
        .filter(({ value }) => value !== "")
        .map((typed) => (
          <button
            key={`${typed.start}:${typed.name}`}
            type="button"
            onClick={() => change(withoutFilter(text, typed))}
            aria-label={t("removeFilter", { name: t(`names.${typed.name}`), value: typed.value })}
            className={`${pill} border-accent-line bg-accent-soft text-accent`}
          >
            <bdi className="max-w-40 truncate">
              {t(`names.${typed.name}`)}: {typed.value}
            </bdi>
            <X aria-hidden className="size-3.5" />
          </button>
        ))}
      {names
        .filter((name) => name === "has" || !filters.some((typed) => typed.name === name))
        .map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => change(withFilter(text.trimEnd(), t(`words.${name}`), ""))}
            className={`${pill} border-line text-ink-2 hover:bg-hover hover:text-ink`}
          >
            {t(`names.${name}`)}
          </button>
        ))}
    </div>
  );
}

"use client";

import { useLocale } from "next-intl";
import { changeLocale } from "~/i18n/change-locale";
import { localeNames, locales } from "~/i18n/locale";

/** The languages, each by its own name, for somebody who cannot read the page. */
export function LanguageLinks() {
  const current = useLocale();
  return (
    <div className="mt-8 flex gap-1 text-ink-2 text-sm">
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => changeLocale(locale)}
          className="rounded-control px-3 py-2 pointer-coarse:min-h-10 hover:bg-hover hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {localeNames[locale]}
        </button>
      ))}
    </div>
  );
}

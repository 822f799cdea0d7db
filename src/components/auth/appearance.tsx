"use client";

import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Segmented } from "~/components/ui/segmented";
import { useHydrated } from "~/components/ui/use-hydrated";
import { changeLocale } from "~/i18n/change-locale";
import { localeNames, locales } from "~/i18n/locale";

/** Language and theme of this browser. */
export function Appearance() {
  const t = useTranslations("settings");
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  return (
    <>
      <Segmented
        legend={t("language")}
        name="language"
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        value={locale}
        onChange={changeLocale}
      />
      <Segmented
        legend={t("theme")}
        name="theme"
        options={[
          { value: "system", label: t("themeSystem") },
          { value: "light", label: t("themeLight") },
          { value: "dark", label: t("themeDark") },
        ]}
        value={hydrated ? theme : undefined}
        onChange={setTheme}
      />
    </>
  );
}

"use client";

import { useTranslations } from "next-intl";

type ErrorPageProps = { reset: () => void };

/** In place of a page that failed. Every page loads this one ahead, so it is kept to the least. */
export default function ErrorPage({ reset }: ErrorPageProps) {
  const t = useTranslations("common");
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <h1 className="font-bold text-xl">{t("errorTitle")}</h1>
      <p className="mt-2 mb-6 text-ink-2">{t("errorText")}</p>
      <button
        type="button"
        onClick={reset}
        className="h-11 rounded-item bg-accent px-5 font-medium text-accent-ink"
      >
        {t("retry")}
      </button>
    </main>
  );
}

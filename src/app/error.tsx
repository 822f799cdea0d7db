"use client";

import { useTranslations } from "next-intl";
import { Logo } from "~/components/ui/logo";

/**
 * In place of a page that failed: on the server, or in the browser, as when a part of it could not be loaded. A page load
 * tries all of it again. Every page loads this one ahead, so it is kept to the least.
 */
export default function ErrorPage() {
  const t = useTranslations("common");
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-panel px-6 py-12 text-center">
      <title>{`${t("errorTitle")} · ${t("appName")}`}</title>
      <Logo className="size-12 opacity-25" />
      <div role="alert">
        <h1 className="mt-5 font-bold text-xl tracking-tight">{t("errorTitle")}</h1>
        <p className="mt-2 mb-6 max-w-[360px] text-ink-2">{t("errorText")}</p>
      </div>
      <button
        type="button"
        onClick={() => window.location.reload()}
        className="h-11 rounded-item bg-accent px-5 font-medium text-accent-ink"
      >
        {t("retry")}
      </button>
      <a href="/" className="mt-2 inline-flex h-11 items-center px-5 font-medium text-accent">
        {t("backToChats")}
      </a>
    </main>
  );
}

"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

const reload = (): void => window.location.reload();

/** In place of a page that needs a connection. It comes by itself once there is one. */
export function OfflineNotice() {
  const t = useTranslations("common");
  useEffect(() => {
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <title>{t("appName")}</title>
      <CloudOff aria-hidden className="mb-3 size-8 text-ink-3" />
      <h1 className="font-bold text-xl">{t("offlineTitle")}</h1>
      <p className="mt-2 mb-6 text-ink-2">{t("offlineText")}</p>
      <button
        type="button"
        onClick={reload}
        className="h-11 rounded-item bg-accent px-5 font-medium text-accent-ink"
      >
        {t("retry")}
      </button>
    </main>
  );
}

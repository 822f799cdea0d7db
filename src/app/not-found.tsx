import { getTranslations } from "next-intl/server";
import { Logo } from "~/components/ui/logo";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-panel px-6 py-12 text-center">
      <title>{`${t("notFoundTitle")} · ${t("appName")}`}</title>
      <Logo className="size-12 opacity-25" />
      <h1 className="mt-5 font-bold text-xl tracking-tight">{t("notFoundTitle")}</h1>
      <p className="mt-2 mb-6 max-w-[360px] text-ink-2">{t("notFoundText")}</p>
      <a
        href="/"
        className="inline-flex h-11 items-center rounded-item bg-accent px-5 font-medium text-accent-ink"
      >
        {t("backToChats")}
      </a>
    </main>
  );
}

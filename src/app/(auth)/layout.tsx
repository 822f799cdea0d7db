import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageLinks } from "~/components/auth/language-links";
import { Logo } from "~/components/ui/logo";
import { TimeZoneSync } from "~/i18n/time-zone-sync";
import { TrpcProvider } from "~/trpc/react";

/** The frame of the pages before signing in: one column on a calm page. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <TrpcProvider>
      <TimeZoneSync />
      <div className="flex min-h-dvh flex-col items-center bg-panel px-4 py-8 sm:py-12">
        <main className="my-auto w-full max-w-[400px]">
          <p className="mb-6 flex items-center justify-center gap-2.5 font-bold text-xl tracking-tight">
            <Logo className="size-7" />
            {t("appName")}
          </p>
          {children}
        </main>
        <LanguageLinks />
      </div>
    </TrpcProvider>
  );
}

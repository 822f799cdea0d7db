import "@fontsource-variable/inter/wght.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "~/components/ui/toaster";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("common");
  return { applicationName: t("appName"), description: t("tagline") };
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f2ee" },
    { media: "(prefers-color-scheme: dark)", color: "#1c1b18" },
  ],
  // The keyboard of a phone shrinks the page, so that the composer stays in sight.
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Lets next-themes' script run under our content security policy (src/server/pages.ts).
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    // next-themes writes the theme to the root before React starts.
    <html lang={await getLocale()} suppressHydrationWarning>
      <body>
        <ThemeProvider attribute="data-theme" disableTransitionOnChange nonce={nonce}>
          <NextIntlClientProvider>
            {children}
            <Toaster />
          </NextIntlClientProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}

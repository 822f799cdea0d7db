"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { type ComponentType, lazy, Suspense } from "react";
import type { ToasterProps } from "sonner";
import { useHydrated } from "./use-hydrated";

const Sonner = lazy<ComponentType<ToasterProps>>(() =>
  import("sonner").then(
    ({ Toaster: Notices }) => ({ default: Notices }),
    // It stands outside of every page: what is said in passing is not worth an error in place of all of them.
    () => ({ default: () => null }),
  ),
);

/** How long something can be taken back, in milliseconds. */
const undoMs = 8_000;

/**
 * Says in passing that something worked or failed. Loads its code on first use.
 * @param action what one can do about it for a while; Alt+T leads there by keyboard
 */
export const notify = async (
  kind: "success" | "error",
  text: string,
  action?: { label: string; onClick: () => void },
): Promise<void> => {
  const { toast } = await import("sonner");
  toast[kind](text, action && { action, duration: undoMs });
};

/** Where {@link notify} shows its texts; once, in the root layout. */
export function Toaster() {
  const t = useTranslations("common");
  const { resolvedTheme } = useTheme();
  const hydrated = useHydrated();
  if (!hydrated) return null;
  return (
    <Suspense>
      <Sonner
        theme={resolvedTheme === "dark" ? "dark" : "light"}
        position="top-center"
        containerAriaLabel={t("notices")}
        toastOptions={{
          style: {
            background: "var(--raised)",
            borderColor: "var(--line)",
            color: "var(--ink)",
            fontFamily: "var(--font-sans)",
            boxShadow: "var(--shadow)",
          },
        }}
      />
    </Suspense>
  );
}

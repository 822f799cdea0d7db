"use client";

import { clsx } from "clsx";
import { useHydrated } from "~/components/ui/use-hydrated";

/** The keys that open the search, as this computer calls them. */
export function Shortcut({ className }: { className?: string }) {
  const apple = useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <kbd
      className={clsx(
        "whitespace-nowrap rounded border border-line px-1.5 py-px font-medium font-sans text-[11px] text-ink-3",
        className,
      )}
    >
      {apple ? "⌘K" : "Ctrl K"}
    </kbd>
  );
}

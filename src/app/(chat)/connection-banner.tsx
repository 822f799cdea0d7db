"use client";

import { CloudOff, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDebounced } from "~/components/ui/use-debounced";
import { useConnection } from "~/trpc/use-connection";

/** A connection that is back by then was not worth a word. */
const patienceMs = 1_500;

/** A quiet line while the server is out of reach. */
export function ConnectionBanner() {
  const t = useTranslations("common");
  const connection = useConnection();
  const settled = useDebounced(connection, patienceMs);
  const away = connection !== "online" && settled !== "online";
  return (
    <div role="status">
      {away && (
        <p className="flex min-h-8 items-center justify-center gap-2 border-line border-b bg-mark px-4 py-1 text-ink text-sm">
          {connection === "offline" ? (
            <CloudOff aria-hidden className="size-4 shrink-0" />
          ) : (
            <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
          )}
          {connection === "offline" ? t("offline") : t("reconnecting")}
        </p>
      )}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Button } from "~/components/ui/button";
import { ZoneHeader } from "~/components/ui/zone-header";
import { useErrorText } from "~/trpc/use-error-text";

type RoomFailureProps = { error: unknown; upHref: string; onRetry: () => void };

/** Why a room cannot be shown. */
export function RoomFailure({ error, upHref, onRetry }: RoomFailureProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  return (
    <>
      <ZoneHeader upHref={upHref} />
      <div role="alert" className="m-auto flex max-w-[360px] flex-col items-center px-6 text-center">
        <h1 className="font-semibold text-lg">{t("rooms.loadError")}</h1>
        <p className="mt-1 mb-5 text-ink-2">{errorText(error)}</p>
        <Button variant="secondary" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      </div>
    </>
  );
}

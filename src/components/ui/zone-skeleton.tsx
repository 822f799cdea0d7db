"use client";

import { useTranslations } from "next-intl";
import { Skeleton } from "./skeleton";
import { ZoneHeader } from "./zone-header";

/** The shape of a zone that is on its way. */
export function ZoneSkeleton({ upHref }: { upHref: string }) {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      <ZoneHeader upHref={upHref}>
        <Skeleton className="ms-1.5 h-3.5 w-32 md:ms-0" />
      </ZoneHeader>
    </div>
  );
}

"use client";

import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { iconButtonClass } from "./icon-button";
import { SoftLink } from "./soft-link";

type ZoneHeaderProps = {
  /** Where the arrow leads. */
  upHref: string;
  children?: ReactNode;
};

/** The bar on top of a zone: on phones with the way back to the one it covers. */
export function ZoneHeader({ upHref, children }: ZoneHeaderProps) {
  const t = useTranslations("common");
  return (
    <div className="flex h-[60px] shrink-0 items-center gap-1.5 border-line border-b ps-1 pe-2 md:gap-3 md:ps-5 md:pe-3">
      <SoftLink up href={upHref} aria-label={t("back")} className={iconButtonClass("ghost", "md:hidden")}>
        <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
      </SoftLink>
      {children}
    </div>
  );
}

"use client";

import { clsx } from "clsx";
import { Bell, BellOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Suspense, useRef, useState } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { lazyPart } from "~/components/ui/lazy-part";
import { useDoNotDisturb } from "./use-do-not-disturb";

const QuietMenu = lazyPart(() => import("./quiet-menu").then((module) => module.QuietMenu));

/** Says whether one may be disturbed, and opens what changes it. */
export function QuietButton() {
  const t = useTranslations("notifications");
  const quiet = useDoNotDisturb();
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<DOMRect>();
  return (
    <>
      <IconButton
        ref={button}
        label={quiet.state ?? t("doNotDisturb")}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        tooltip={{ align: "end" }}
        onClick={({ currentTarget }) => setPlace(currentTarget.getBoundingClientRect())}
        className={clsx(quiet.state && "text-accent")}
      >
        {quiet.state ? <BellOff aria-hidden /> : <Bell aria-hidden />}
      </IconButton>
      {place && (
        <Suspense>
          <QuietMenu
            quiet={quiet}
            place={place}
            opener={button.current}
            onClose={() => setPlace(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

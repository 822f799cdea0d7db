"use client";

import { useTranslations } from "next-intl";
import { Logo } from "~/components/ui/logo";
import { Shortcut } from "./shortcut";

/** Where a room would be, while none is open. */
export function PickARoom() {
  const t = useTranslations("rooms");
  return (
    <div className="m-auto flex flex-col items-center px-6 text-center">
      <Logo className="size-12 opacity-25" />
      <h1 className="mt-5 font-semibold text-lg">{t("pickTitle")}</h1>
      <p className="mt-1 text-ink-2">{t.rich("pickText", { shortcut: () => <Shortcut /> })}</p>
    </div>
  );
}

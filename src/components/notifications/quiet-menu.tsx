"use client";

import { Bell, BellOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuItem } from "~/components/ui/menu";
import type { useDoNotDisturb } from "./use-do-not-disturb";

type QuietMenuProps = {
  quiet: ReturnType<typeof useDoNotDisturb>;
  place: DOMRectReadOnly;
  opener: HTMLElement | null;
  onClose: () => void;
};

/** For how long one is not to be disturbed, or that one may be again. */
export function QuietMenu({ quiet, ...menu }: QuietMenuProps) {
  const t = useTranslations("notifications");
  return (
    <Menu label={t("doNotDisturb")} align="end" {...menu}>
      {quiet.state && <MenuItem icon={Bell} label={t("turnOff")} onChoose={quiet.turnOff} />}
      {quiet.choices.map(({ label, set }) => (
        <MenuItem key={label} icon={BellOff} label={label} onChoose={set} />
      ))}
    </Menu>
  );
}

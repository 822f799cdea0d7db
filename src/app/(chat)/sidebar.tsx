"use client";

import { SquarePen } from "lucide-react";
import { useTranslations } from "next-intl";
import { QuietButton } from "~/components/notifications/quiet-button";
import { Avatar } from "~/components/ui/avatar";
import { iconButtonClass } from "~/components/ui/icon-button";
import { Logo } from "~/components/ui/logo";
import { SoftLink } from "~/components/ui/soft-link";
import { Tooltip } from "~/components/ui/tooltip";
import { useFace } from "~/i18n/use-face";
import type { User } from "~/shared/users";
import { paths } from "./paths";
import { RoomLists } from "./room-lists";
import { SearchEverything } from "./search-everything";

type SidebarProps = { me: User; pathname: string };

/** The left zone: brand, search, and the rooms. */
export function Sidebar({ me, pathname }: SidebarProps) {
  const t = useTranslations();
  const face = useFace();
  return (
    <>
      <div className="flex h-[60px] shrink-0 items-center gap-1 ps-4 pe-3">
        <Logo />
        <h1 className="ms-2 grow font-bold text-lg tracking-tight">{t("common.appName")}</h1>
        <Tooltip label={t("rooms.newChat")}>
          <SoftLink
            href={paths.contacts}
            aria-label={t("rooms.newChat")}
            aria-current={pathname === paths.contacts ? "page" : undefined}
            className={iconButtonClass()}
          >
            <SquarePen aria-hidden />
          </SoftLink>
        </Tooltip>
        <QuietButton />
        <Tooltip label={t("settings.title")} align="end">
          <SoftLink
            href={paths.settings}
            aria-label={t("settings.title")}
            aria-current={pathname === paths.settings ? "page" : undefined}
            className={iconButtonClass()}
          >
            <Avatar {...face(me)} size="tiny" />
          </SoftLink>
        </Tooltip>
      </div>
      <SearchEverything me={me} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
        <RoomLists me={me} pathname={pathname} />
      </div>
    </>
  );
}

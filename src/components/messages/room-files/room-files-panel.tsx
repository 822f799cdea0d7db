"use client";

import { ChevronLeft, X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Tabs from "radix-ui/tabs";
import { useEffect, useRef } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { useEscape } from "~/components/ui/use-escape";
import type { User } from "~/shared/users";
import { useGoToMessage } from "../use-go-to-message";
import { RoomFileList } from "./room-file-list";
import { RoomLinks } from "./room-links";
import { RoomPictures } from "./room-pictures";

const parts = { pictures: RoomPictures, files: RoomFileList, links: RoomLinks } as const;
const names = ["pictures", "files", "links"] as const;

type RoomFilesPanelProps = {
  roomId: string;
  me: User;
  /** Leads to the room's details. */
  onBack: () => void;
  onClose: () => void;
  /** Called where the panel covers the timeline: leave it for this message. */
  onGoTo: (seq: number) => void;
};

/** The right zone as everything that was shared in the room. */
export function RoomFilesPanel({ roomId, me, onBack, onClose, onGoTo }: RoomFilesPanelProps) {
  const t = useTranslations("messages.roomFiles");
  const tCommon = useTranslations("common");
  const goTo = useGoToMessage(roomId, me, onGoTo);
  const aside = useRef<HTMLElement>(null);
  useEscape(onClose);
  useEffect(() => aside.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      ref={aside}
      tabIndex={-1}
      aria-label={t("title")}
      className="flex min-w-0 flex-1 flex-col border-line outline-none lg:w-[320px] lg:flex-none lg:border-s"
    >
      <div className="flex h-[60px] shrink-0 items-center gap-1 px-2">
        <IconButton label={tCommon("back")} onClick={onBack} tooltip={{ align: "start" }}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
        <h2 className="grow font-semibold text-sm">{t("title")}</h2>
        <IconButton label={tCommon("close")} onClick={onClose} tooltip={{ align: "end" }}>
          <X aria-hidden />
        </IconButton>
      </div>
      <Tabs.Root defaultValue="pictures" className="flex min-h-0 flex-1 flex-col">
        <Tabs.List aria-label={t("title")} className="flex shrink-0 border-line border-b px-3">
          {names.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="-mb-px h-10 flex-1 border-transparent border-b-2 font-medium text-ink-2 text-sm hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-accent data-[state=active]:text-accent"
            >
              {t(name)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {names.map((name) => {
          const Part = parts[name];
          return (
            <Tabs.Content
              key={name}
              value={name}
              className="min-h-0 flex-1 overflow-y-auto p-3 focus-visible:outline-offset-[-2px]"
            >
              <Part roomId={roomId} onGoTo={goTo} />
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
    </aside>
  );
}

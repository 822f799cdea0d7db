"use client";

import { ChevronRight, Images } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionRow } from "~/components/ui/action-row";
import type { User } from "~/shared/users";
import { useGoToMessage } from "../use-go-to-message";
import { PictureTile } from "./picture-tile";
import { RoomPictureViewer } from "./room-picture-viewer";
import { useRoomFiles } from "./use-room-files";

const kinds = ["image"] as const;
/** What fits beside each other. */
const shown = 4;

type LatestPicturesProps = {
  roomId: string;
  me: User;
  /** Leads to everything that was shared. */
  onOpen: () => void;
  /** Called where the details cover the timeline: leave them for this message. */
  onGoTo: (seq: number) => void;
};

/** In a room's details: the way to what was shared there, with the newest pictures. */
export function LatestPictures({ roomId, me, onOpen, onGoTo }: LatestPicturesProps) {
  const t = useTranslations("messages.roomFiles");
  const goTo = useGoToMessage(roomId, me, onGoTo);
  const [openId, setOpenId] = useState<string | null>(null);
  const { items = [] } = useRoomFiles(roomId, kinds, shown);
  return (
    <section className="border-line border-t p-2">
      <ActionRow icon={<Images aria-hidden />} onClick={onOpen}>
        <span className="grow">{t("title")}</span>
        <ChevronRight aria-hidden className="!size-4 rtl:-scale-x-100" />
      </ActionRow>
      {items.length > 0 && (
        <ul className="grid grid-cols-4 gap-1 px-2.5 pt-1 pb-1.5">
          {items.slice(0, shown).map(({ attachment }) => (
            <li key={attachment.id}>
              <PictureTile file={attachment} onOpen={() => setOpenId(attachment.id)} />
            </li>
          ))}
        </ul>
      )}
      {openId !== null && (
        <RoomPictureViewer files={items} openId={openId} onClose={() => setOpenId(null)} onGoTo={goTo} />
      )}
    </section>
  );
}

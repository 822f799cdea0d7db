import { Image as ImageIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Skeleton } from "~/components/ui/skeleton";
import type { RoomFile } from "~/shared/attachments";
import { GrowingList } from "./growing-list";
import { NothingYet } from "./nothing-yet";
import { PictureTile } from "./picture-tile";
import { RoomPictureViewer } from "./room-picture-viewer";
import { useRoomFiles } from "./use-room-files";

const kinds = ["image", "video"] as const;
const grid = "grid grid-cols-3 gap-1";

interface RoomPicturesProps {
  roomId: string;
  onGoTo: (seq: number) => void;
}

/** A room's pictures and videos, by their months. A picture opens large, with all others beside it. */
export function RoomPictures({ roomId, onGoTo }: RoomPicturesProps) {
  const t = useTranslations("messages.roomFiles");
  const format = useFormatter();
  const [openId, setOpenId] = useState<string | null>(null);
  const list = useRoomFiles(roomId, kinds);
  const monthOf = ({ createdAt }: RoomFile): string =>
    format.dateTime(createdAt, { month: "long", year: "numeric" });
  const byMonth = (items: readonly RoomFile[]): [string, RoomFile[]][] => {
    const months = new Map<string, RoomFile[]>();
    for (const item of items) months.set(monthOf(item), [...(months.get(monthOf(item)) ?? []), item]);
    return [...months];
  };
  return (
    <>
      <GrowingList
        list={list}
        skeleton={
          <div className={grid}>
            {[1, 2, 3, 4, 5, 6].map((tile) => (
              <Skeleton key={tile} className="aspect-square rounded-[7px]" />
            ))}
          </div>
        }
        empty={<NothingYet icon={<ImageIcon aria-hidden />}>{t("noPictures")}</NothingYet>}
      >
        {(items) =>
          byMonth(items).map(([month, files]) => (
            <section key={month} aria-label={month} className="mb-4">
              <h3 className="mb-1.5 px-1 font-semibold text-ink-3 text-xs first-letter:uppercase">{month}</h3>
              <ul className={grid}>
                {files.map(({ attachment, seq }) => (
                  <li key={attachment.id}>
                    <PictureTile
                      file={attachment}
                      onOpen={() => (attachment.kind === "image" ? setOpenId(attachment.id) : onGoTo(seq))}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))
        }
      </GrowingList>
      {openId !== null && (
        <RoomPictureViewer
          files={list.items ?? []}
          openId={openId}
          onClose={() => setOpenId(null)}
          onGoTo={onGoTo}
          onNearEnd={() => list.hasMore && list.loadMore()}
        />
      )}
    </>
  );
}

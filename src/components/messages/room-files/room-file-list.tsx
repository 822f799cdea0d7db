import { FileText } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { FileIcon } from "../attachments/file-icon";
import { fromAttachment } from "../attachments/shown-file";
import { useFileSize } from "../attachments/use-file-size";
import { SoundPlayer } from "../voice/sound-player";
import { GrowingList } from "./growing-list";
import { NothingYet } from "./nothing-yet";
import { SharedEntry, SharedLink, SharedSkeleton } from "./shared-entry";
import { useRoomFiles } from "./use-room-files";

const kinds = ["file", "audio"] as const;

interface RoomFileListProps {
  roomId: string;
  onGoTo: (seq: number) => void;
}

/** A room's files and sounds; each is downloaded or played here, or looked up where it was sent. */
export function RoomFileList({ roomId, onGoTo }: RoomFileListProps) {
  const t = useTranslations("messages");
  const format = useFormatter();
  const size = useFileSize();
  const list = useRoomFiles(roomId, kinds);
  return (
    <GrowingList
      list={list}
      skeleton={<SharedSkeleton />}
      empty={<NothingYet icon={<FileText aria-hidden />}>{t("roomFiles.noFiles")}</NothingYet>}
    >
      {(items) => (
        <ul className="flex flex-col gap-1">
          {items.map(({ attachment, seq, createdAt }) => (
            <SharedEntry key={attachment.id} onGoTo={() => onGoTo(seq)}>
              {attachment.kind === "audio" ? (
                <SoundPlayer
                  file={fromAttachment(attachment)}
                  tabIndex={0}
                  detail={format.dateTime(createdAt, { dateStyle: "medium" })}
                  className="min-w-0 flex-1"
                />
              ) : (
                <SharedLink
                  href={attachment.url}
                  download={attachment.name}
                  aria-label={t("files.download", { name: attachment.name })}
                  icon={<FileIcon {...attachment} />}
                  title={attachment.name}
                  detail={`${size(attachment.size)} · ${format.dateTime(createdAt, { dateStyle: "medium" })}`}
                />
              )}
            </SharedEntry>
          ))}
        </ul>
      )}
    </GrowingList>
  );
}

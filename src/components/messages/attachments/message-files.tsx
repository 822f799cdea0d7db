import { useTranslations } from "next-intl";
import { useFileTitle } from "~/i18n/use-file-title";
import type { Row } from "../timeline/rows";
import { SoundPlayer } from "../voice/sound-player";
import { FileCard } from "./file-card";
import { Pictures } from "./pictures";
import { filesOf, isPicture, type ShownFile } from "./shown-file";
import { UploadStatus } from "./upload-status";
import { VideoPlayer } from "./video-player";

function OtherFile({ file, tabIndex }: { file: ShownFile; tabIndex: number }) {
  if (file.kind === "audio")
    return <SoundPlayer file={file} tabIndex={tabIndex} className="w-[300px] max-w-full" />;
  if (file.kind === "video") return <VideoPlayer file={file} tabIndex={tabIndex} />;
  return <FileCard file={file} tabIndex={tabIndex} />;
}

/** The files of a message: its pictures together, then the others. Their place is known before they load. */
export function MessageFiles({ row, tabIndex }: { row: Row; tabIndex: number }) {
  const t = useTranslations("messages.files");
  const files = filesOf(row);
  const pictures = files.filter(isPicture);
  const title = useFileTitle();
  const names = files.map(title).join(", ");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls of a form
    <div
      id={`${row.key}-files`}
      role="group"
      aria-label={t("group", { count: files.length, names })}
      className="relative flex w-fit max-w-full flex-col gap-1"
    >
      {pictures.length > 0 && (
        <Pictures
          pictures={pictures}
          captioned={row.body !== "" || row.replyToSeq !== null}
          message={row.message}
          tabIndex={tabIndex}
        />
      )}
      {files
        .filter((file) => !isPicture(file))
        .map((file) => (
          <OtherFile key={file.key} file={file} tabIndex={tabIndex} />
        ))}
      {row.outgoing?.files && row.outgoing.state === "waiting" && (
        <UploadStatus outgoing={row.outgoing} files={row.outgoing.files} />
      )}
    </div>
  );
}

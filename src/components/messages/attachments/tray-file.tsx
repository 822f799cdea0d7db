import { clsx } from "clsx";
import { RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFileTitle } from "~/i18n/use-file-title";
import { SoundPlayer } from "../voice/sound-player";
import { FileIcon } from "./file-icon";
import type { OutgoingFile } from "./outgoing-file";
import { ProgressBar } from "./progress-bar";
import { fromOutgoing } from "./shown-file";
import type { UploadProgress } from "./uploads";
import { useFileSize } from "./use-file-size";
import { useLocalUrl } from "./use-local-url";
import { useUploadProgress } from "./use-uploads";

const round =
  "relative grid size-6 place-items-center rounded-full border border-line-strong bg-raised text-ink-2 hover:text-ink pointer-coarse:size-8 pointer-coarse:before:absolute pointer-coarse:before:-inset-1 [&>svg]:size-3.5";

function Preview({ file, kind }: OutgoingFile) {
  const url = useLocalUrl(kind === "image" ? file : undefined);
  if (kind !== "image") return <FileIcon name={file.name} kind={kind} />;
  return (
    <span
      aria-hidden
      className="size-10 shrink-0 rounded-control bg-center bg-cover bg-hover"
      style={{ backgroundImage: url && `url("${url}")` }}
    />
  );
}

function Progress({
  name,
  bytes,
  progress,
}: {
  name: string;
  bytes: number;
  progress: UploadProgress | undefined;
}) {
  const t = useTranslations("messages");
  const tErrors = useTranslations("errors");
  const size = useFileSize();
  const { state = "uploading", failure } = progress ?? {};
  if (state === "uploading") {
    return (
      <ProgressBar
        label={t("files.uploading", { name })}
        fraction={(progress?.bytes ?? 0) / bytes}
        className="my-1.5"
      />
    );
  }
  if (state === "done") return <span className="block text-ink-3">{size(bytes)}</span>;
  const reason = failure?.reason;
  return (
    <span role="alert" className="line-clamp-3 text-danger">
      {!reason || reason === "RATE_LIMITED" ? t("files.cut") : tErrors(reason)}
    </span>
  );
}

interface TrayFileProps {
  file: OutgoingFile;
  onRemove: () => void;
  onRetry: () => void;
}

/** A file that goes with the draft: how it looks or sounds, how far its upload is, and what one can do about it. */
export function TrayFile({ file, onRemove, onRetry }: TrayFileProps) {
  const t = useTranslations("messages.files");
  const progress = useUploadProgress(file.key);
  const shown = useMemo(() => fromOutgoing(file), [file]);
  const name = useFileTitle()(shown);
  const state = <Progress name={name} bytes={file.file.size} progress={progress} />;
  return (
    <li
      className={clsx(
        "relative flex shrink-0 items-center gap-2.5 rounded-item border border-line bg-canvas",
        file.voice ? "w-72 pe-4 pointer-coarse:pe-6" : "w-60 p-2 pe-3",
      )}
    >
      {file.voice ? (
        <div className="min-w-0 grow text-xs">
          <SoundPlayer file={shown} tabIndex={0} />
          {progress?.state !== "done" && <div className="px-2 pb-1">{state}</div>}
        </div>
      ) : (
        <>
          <Preview {...file} />
          <div className="min-w-0 grow text-xs">
            <bdi className="block truncate font-medium">{name}</bdi>
            {state}
          </div>
        </>
      )}
      <div className="-end-1.5 -top-1.5 absolute flex gap-1">
        {progress?.failure?.temporary && (
          <button type="button" aria-label={t("retry", { name })} onClick={onRetry} className={round}>
            <RotateCw aria-hidden />
          </button>
        )}
        <button type="button" aria-label={t("remove", { name })} onClick={onRemove} className={round}>
          <X aria-hidden />
        </button>
      </div>
    </li>
  );
}

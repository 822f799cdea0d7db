import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMessageRoom } from "../message-room";
import type { Outgoing } from "../outbox/outbox";
import type { OutgoingFile } from "./outgoing-file";
import { ProgressBar } from "./progress-bar";
import { useBytesSent } from "./use-uploads";

interface UploadStatusProps {
  outgoing: Outgoing;
  files: readonly OutgoingFile[];
}

/** How far the files of a message on its way are, over them; and the way to give it up. */
export function UploadStatus({ outgoing, files }: UploadStatusProps) {
  const t = useTranslations("messages.files");
  const { actions } = useMessageRoom();
  const sent = useBytesSent(files.map(({ key }) => key));
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (sent >= total) return null;
  return (
    // Over the files and not under them: its going moves nothing.
    <div
      className={clsx(
        "absolute flex gap-2",
        files.some(({ kind }) => kind === "image")
          ? "inset-x-2 top-2 items-center rounded-full border border-line bg-raised py-0.5 ps-3 pe-0.5 shadow-float"
          : "inset-x-1 bottom-0 items-end",
      )}
    >
      <ProgressBar label={t("sending")} fraction={sent / total} className="grow" />
      <button
        type="button"
        aria-label={t("cancel")}
        onClick={() => actions.discard(outgoing)}
        className="grid size-7 place-items-center rounded-full text-ink-2 hover:bg-hover pointer-coarse:size-10 [&>svg]:size-4"
      >
        <X aria-hidden />
      </button>
    </div>
  );
}

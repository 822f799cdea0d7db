import { Download, MessageSquareText, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import type { Attachment } from "~/shared/attachments";

/** A round control above the picture. */
export const viewerControl =
  "grid size-10 shrink-0 place-items-center rounded-full bg-black/50 text-white outline-white hover:bg-white/20 aria-disabled:opacity-40 [&>svg]:size-5";

interface ViewerBarProps {
  picture: Attachment;
  index: number;
  count: number;
  /** How many times as large as it fits. */
  scale: number;
  onZoom: (closer: boolean) => void;
  onGoTo: ((picture: Attachment) => void) | undefined;
}

/** Above a picture: what it is called, which it is, and what one can do about it. */
export function ViewerBar({ picture, index, count, scale, onZoom, onGoTo }: ViewerBarProps) {
  const t = useTranslations("messages.files");
  const tCommon = useTranslations("common");
  const { name, url } = picture;
  return (
    <div className="flex items-center gap-1 p-3">
      <Dialog.Title className="min-w-0 grow truncate ps-1 font-medium text-sm">
        <bdi>{name}</bdi>
      </Dialog.Title>
      {count > 1 && (
        <span aria-live="polite" className="shrink-0 px-2 text-sm tabular-nums">
          {t("position", { index: index + 1, count })}
        </span>
      )}
      <button
        type="button"
        aria-label={t("zoomOut")}
        aria-disabled={scale === 1}
        onClick={() => onZoom(false)}
        className={viewerControl}
      >
        <ZoomOut aria-hidden />
      </button>
      <button type="button" aria-label={t("zoomIn")} onClick={() => onZoom(true)} className={viewerControl}>
        <ZoomIn aria-hidden />
      </button>
      {onGoTo && (
        <button
          type="button"
          aria-label={t("goToMessage")}
          onClick={() => onGoTo(picture)}
          className={viewerControl}
        >
          <MessageSquareText aria-hidden />
        </button>
      )}
      <a href={url} download={name} aria-label={t("download", { name })} className={viewerControl}>
        <Download aria-hidden />
      </a>
      <Dialog.Close aria-label={tCommon("close")} className={viewerControl}>
        <X aria-hidden />
      </Dialog.Close>
    </div>
  );
}

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Attachment } from "~/shared/attachments";

/** A picture as a small square; a video as its name. */
export function PictureTile({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const t = useTranslations("messages.files");
  const { name, kind, url, thumbnailUrl, blur } = file;
  return (
    <button
      type="button"
      aria-label={t("open", { name })}
      onClick={onOpen}
      className="relative block aspect-square w-full overflow-hidden rounded-[7px] bg-center bg-cover bg-hover focus-visible:outline-offset-[-2px]"
      style={{ backgroundImage: blur ? `url("${blur}")` : undefined }}
    >
      {kind === "image" ? (
        // biome-ignore lint/performance/noImgElement: it is for the room's members alone, and small already
        <img
          src={thumbnailUrl ?? url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className="size-full object-cover"
        />
      ) : (
        <span className="flex size-full flex-col items-center justify-center gap-1 p-1.5 text-ink-2">
          <Play aria-hidden fill="currentColor" className="size-5 shrink-0" />
          <bdi className="w-full truncate text-center text-xs">{name}</bdi>
        </span>
      )}
    </button>
  );
}

import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Attachment } from "~/shared/attachments";
import { useGestures } from "./use-gestures";
import type { Point } from "./view";
import { ViewerBar, viewerControl } from "./viewer-bar";

/** What a key or a press on a button makes it larger by. */
const step = 1.5;
const factors: Record<string, number> = { "+": step, "=": step, "-": 1 / step, "0": 0 };
/** How far the arrow keys move a picture that is larger than the screen, in pixels. */
const arrows: Record<string, Point> = {
  ArrowLeft: { x: 80, y: 0 },
  ArrowRight: { x: -80, y: 0 },
  ArrowUp: { x: 0, y: 80 },
  ArrowDown: { x: 0, y: -80 },
};

/** Within the screen; the same before it has loaded. */
const sizeOf = ({ width, height }: Attachment): CSSProperties =>
  width === null || height === null
    ? {}
    : {
        width: `min(${width}px, 100cqw, ${(100 * width) / height}cqh)`,
        aspectRatio: `${width} / ${height}`,
      };

interface PictureViewerProps {
  pictures: readonly Attachment[];
  /** The one to begin with. */
  openId: string | undefined;
  onClose: () => void;
  /** Leads to the message that a picture came with. */
  onGoTo?: (picture: Attachment) => void;
  /** The last but few is on show. */
  onNearEnd?: () => void;
}

/** Pictures one at a time, as large as the screen, and closer. */
export function PictureViewer({ pictures, openId, onClose, onGoTo, onNearEnd }: PictureViewerProps) {
  const t = useTranslations("messages.files");
  const [opener] = useState(() => document.activeElement);
  const [shownId, setShownId] = useState(openId);
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const index = Math.max(
    0,
    pictures.findIndex(({ id }) => id === shownId),
  );
  const picture = pictures[index];
  const several = pictures.length > 1;

  const turn = (by: -1 | 1): void => {
    const next = pictures[(index + by + pictures.length) % pictures.length];
    if (!next || !several) return;
    setShownId(next.id);
    reset();
    if (index + by >= pictures.length - 3) onNearEnd?.();
  };
  const { view, pulled, zoom, pan, reset, handlers } = useGestures({
    stage,
    picture: image,
    width: picture?.width ?? 0,
    onTurn: turn,
    onClose,
  });

  // The neighbours are there by the time one turns to them.
  useEffect(() => {
    for (const by of [1, -1]) {
      const neighbour = pictures[(index + by + pictures.length) % pictures.length];
      if (neighbour) new Image().src = neighbour.url;
    }
  }, [pictures, index]);

  // The last one was deleted meanwhile.
  useEffect(() => {
    if (!picture) onClose();
  }, [picture, onClose]);
  if (!picture) return null;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const factor = factors[event.key];
    if (arrow && view.scale > 1) pan(arrow);
    else if (arrow?.x) turn(arrow.x > 0 ? -1 : 1);
    else if (factor !== undefined) zoom(factor);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black" />
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            // The dialog itself has the keys; no button is meant yet.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
          }}
          className="fixed inset-0 z-50 flex select-none flex-col text-white outline-none"
        >
          <ViewerBar
            picture={picture}
            index={index}
            count={pictures.length}
            scale={view.scale}
            onZoom={(closer) => zoom(closer ? step : 1 / step)}
            onGoTo={onGoTo}
          />
          <div
            ref={stage}
            {...handlers}
            className={clsx(
              "group relative grid min-h-0 grow touch-none place-items-center overflow-hidden [container-type:size]",
              view.scale > 1 ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in",
            )}
          >
            {/* biome-ignore lint/performance/noImgElement: it is for the room's members alone */}
            <img
              ref={image}
              key={picture.id}
              src={picture.url}
              alt={picture.name}
              draggable={false}
              className="max-w-none bg-center bg-cover transition-transform group-active:transition-none"
              style={{
                ...sizeOf(picture),
                transform: `translate(${view.x + (pulled?.x ?? 0)}px, ${view.y + Math.max(0, pulled?.y ?? 0)}px) scale(${view.scale})`,
                backgroundImage: picture.blur ? `url("${picture.blur}")` : undefined,
              }}
            />
          </div>
          {several && (
            <>
              <button
                type="button"
                aria-label={t("previous")}
                onClick={() => turn(-1)}
                className={clsx(viewerControl, "-translate-y-1/2 absolute top-1/2 left-3")}
              >
                <ChevronLeft aria-hidden />
              </button>
              <button
                type="button"
                aria-label={t("next")}
                onClick={() => turn(1)}
                className={clsx(viewerControl, "-translate-y-1/2 absolute top-1/2 right-3")}
              >
                <ChevronRight aria-hidden />
              </button>
            </>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

"use client";

import { ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { aimWithin, furthestZoom, moveBy, type Size, squareAt, wholeSquare } from "./square-cut";

/** Pixels a side of what is handed on: twice the largest that is shown. */
const cutSide = 512;
/** What an arrow key moves the picture by, as a share of the square. */
const step = 0.05;

const arrows: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

/** Draws the square anew, so that nothing of the file goes out but its pixels. */
const draw = (picture: HTMLImageElement, square: ReturnType<typeof squareAt>): Promise<Blob> => {
  const canvas = document.createElement("canvas");
  canvas.width = cutSide;
  canvas.height = cutSide;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, cutSide, cutSide);
  context.imageSmoothingQuality = "high";
  const { left, top, side } = square;
  context.drawImage(picture, left, top, side, side, 0, 0, cutSide, cutSide);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", 0.92),
  );
};

type PictureDialogProps = {
  title: string;
  file: File;
  /** Drawn as a square with round corners, rather than a circle. */
  square?: boolean;
  busy: boolean;
  onSave: (picture: Blob) => void;
  /** The browser cannot open the file as a picture. */
  onUnreadable: () => void;
  onClose: () => void;
};

/** Chooses the square of a picture that is to stand for somebody: by dragging it, by the arrow keys, and by a zoom. */
export function PictureDialog(props: PictureDialogProps) {
  const { title, file, square = false, busy, onSave, onUnreadable, onClose } = props;
  const t = useTranslations("pictures");
  const picture = useRef<HTMLImageElement>(null);
  const held = useRef<{ x: number; y: number } | null>(null);
  const [url, setUrl] = useState<string>();
  const [size, setSize] = useState<Size>();
  const [aim, setAim] = useState(wholeSquare);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);

  const move = (across: number, down: number): void => {
    if (size) setAim((aim) => moveBy(size, aim, across, down));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = arrows[event.key];
    if (!by) return;
    event.preventDefault();
    move(...by);
  };
  const onPointerMove = ({ clientX: x, clientY: y, currentTarget }: PointerEvent): void => {
    if (!held.current) return;
    const side = currentTarget.clientWidth;
    move((x - held.current.x) / side, (y - held.current.y) / side);
    held.current = { x, y };
  };
  const release = (): void => {
    held.current = null;
  };
  const zoomTo = (zoom: number): void => {
    if (size) setAim((aim) => aimWithin(size, { ...aim, zoom }));
  };
  const save = async (): Promise<void> => {
    if (picture.current && size) onSave(await draw(picture.current, squareAt(size, aim)));
  };

  const cut = size && squareAt(size, aim);
  const percent = (pixels: number): string => `${cut ? (pixels / cut.side) * 100 : 0}%`;
  return (
    <Dialog title={title} text={t("hint")} onClose={onClose}>
      <div className="flex flex-col items-center gap-4 overflow-y-auto px-6 pt-1 pb-6">
        <button
          type="button"
          aria-label={t("move")}
          onKeyDown={onKeyDown}
          onPointerDown={({ clientX: x, clientY: y, currentTarget, pointerId }) => {
            currentTarget.setPointerCapture(pointerId);
            held.current = { x, y };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={release}
          onPointerCancel={release}
          className="relative aspect-square w-full max-w-70 touch-none overflow-hidden rounded-item bg-panel active:cursor-grabbing enabled:cursor-grab"
        >
          {url && (
            // biome-ignore lint/performance/noImgElement: it is a file of this machine
            <img
              ref={picture}
              src={url}
              alt=""
              draggable={false}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                setSize({ width, height })
              }
              onError={onUnreadable}
              style={
                cut && {
                  width: percent(size.width),
                  height: percent(size.height),
                  left: percent(-cut.left),
                  top: percent(-cut.top),
                }
              }
              className="absolute max-w-none select-none"
            />
          )}
          <span
            aria-hidden
            className={`absolute inset-0 shadow-[0_0_0_999px_rgb(0_0_0/0.45)] ${square ? "rounded-[30%]" : "rounded-full"}`}
          />
        </button>
        <label className="flex w-full max-w-70 items-center gap-3 text-ink-2">
          <ZoomOut aria-hidden className="size-[18px] shrink-0" />
          <input
            type="range"
            aria-label={t("zoom")}
            min={1}
            max={furthestZoom}
            step={0.01}
            value={aim.zoom}
            disabled={!size}
            onChange={(event) => zoomTo(Number(event.target.value))}
            className="h-10 min-w-0 grow accent-(--accent)"
          />
          <ZoomIn aria-hidden className="size-[18px] shrink-0" />
        </label>
        <Button className="self-end" busy={busy} disabled={!size} onClick={() => void save()}>
          {t("save")}
        </Button>
      </div>
    </Dialog>
  );
}

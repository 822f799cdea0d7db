import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { Message } from "~/shared/messages";
import { overlayAt } from "../message/overlay";
import { useMessageRoom } from "../message-room";
import { frameOf, linesOf, pictureWidth } from "./layout";
import type { ShownPicture } from "./shown-file";
import { useLocalUrl } from "./use-local-url";

interface PictureProps {
  picture: ShownPicture;
  /** Where it stands; null while it is on its way, and then there is nothing to open. */
  message: Message | null;
  style: CSSProperties;
  /** All of it is to be seen, though its place has another shape. */
  whole?: boolean;
  className?: string;
  tabIndex: number;
}

function Picture({ picture, message, style, whole, className, tabIndex }: PictureProps) {
  const t = useTranslations("messages.files");
  const { actions } = useMessageRoom();
  const localUrl = useLocalUrl(picture.local);
  const { key, name, blur, remote } = picture;
  const src = remote?.smallUrl ?? localUrl;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={t("open", { name })}
      disabled={message === null}
      onClick={({ currentTarget }) =>
        message && actions.open({ ...overlayAt("pictures", message, currentTarget), pictureId: key })
      }
      className={clsx(
        "block max-w-full overflow-hidden rounded-[7px] bg-center bg-cover bg-hover focus-visible:outline-offset-[-2px] enabled:cursor-zoom-in",
        className,
      )}
      style={{ ...style, backgroundImage: blur ? `url("${blur}")` : undefined }}
    >
      {src && (
        // biome-ignore lint/performance/noImgElement: it is for the room's members alone, and small already
        <img
          src={src}
          alt=""
          draggable={false}
          decoding="async"
          className={clsx("size-full", whole ? "object-contain" : "object-cover")}
        />
      )}
    </button>
  );
}

type PicturesProps = Omit<PictureProps, "picture" | "style" | "whole" | "className"> & {
  pictures: readonly ShownPicture[];
  /** Words stand with them. */
  captioned: boolean;
};

/** A picture in its own shape, or several as a grid of squares. `heightOfFiles` knows how high that is. */
export function Pictures({ pictures, captioned, ...props }: PicturesProps) {
  const [first, second] = pictures;
  if (!first) return null;
  if (!second) {
    const { width, height } = frameOf(first, { captioned });
    const whole = width > frameOf(first).width;
    const style = { width, aspectRatio: `${width} / ${height}` };
    return <Picture picture={first} {...props} style={style} whole={whole} />;
  }
  const inTwos = linesOf(pictures.length).ofTwo * 2;
  return (
    <div className="grid max-w-full grid-cols-6 gap-1" style={{ width: pictureWidth }}>
      {pictures.map((picture, index) => (
        <Picture
          key={picture.key}
          picture={picture}
          {...props}
          className={index < inTwos ? "col-span-3" : "col-span-2"}
          style={{ aspectRatio: "1" }}
        />
      ))}
    </div>
  );
}

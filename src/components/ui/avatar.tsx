import { clsx } from "clsx";
import { UserRoundX } from "lucide-react";

/** White stands on each of these at 4.5:1 or more, in both themes. */
const colors = ["#8a5a7d", "#a65c32", "#3f6f8f", "#527544", "#6a5aa0", "#a0546a", "#4f7a72"];

/** In pixels, with their classes. */
const sizes = {
  tiny: { side: 28, look: "size-7 text-[11px]" },
  small: { side: 32, look: "size-8 text-xs" },
  header: { side: 36, look: "size-9 text-[13px]" },
  medium: { side: 40, look: "size-10 text-[14px]" },
  large: { side: 64, look: "size-16 text-xl" },
};

/** FNV-1a: ids that differ in one digit get colours that have nothing to do with each other. */
const hash = (text: string): number => {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
};

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const firstLetter = (word: string): string => [...graphemes.segment(word)][0]?.segment.toUpperCase() ?? "";

/** "Lucía Rojas" → "LR", "keiko" → "K". */
const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return firstLetter(words[0] ?? "") + firstLetter(last ?? "");
};

type AvatarProps = {
  /** Decides the colour: an id, so that a new name keeps it. */
  seed: string;
  name: string;
  /** Where its picture is, in 96 and in 256 pixels a side. */
  picture?: { small: string; large: string } | null;
  /** There is nobody any more: neither initials nor a colour. */
  gone?: boolean;
  size?: keyof typeof sizes;
  /** Groups are square, people round. */
  square?: boolean;
  /** Given: a presence dot with this text for assistive technology. */
  onlineLabel?: string | undefined;
  className?: string;
};

/**
 * A picture, or initials on a colour of their own. Silent to assistive technology, because the name always stands beside
 * it. While a picture is on its way its place has the colour alone; the initials come where it takes long, or does not.
 */
export function Avatar({
  seed,
  name,
  picture,
  gone = false,
  size = "medium",
  square,
  onlineLabel,
  className,
}: AvatarProps) {
  const { side, look } = sizes[size];
  const colour = gone ? "var(--line-strong)" : colors[hash(seed) % colors.length];
  return (
    <span className={clsx("relative inline-block shrink-0", className)}>
      <span
        aria-hidden
        style={{ backgroundColor: colour }}
        className={clsx(
          "relative grid select-none place-items-center overflow-hidden font-semibold text-white",
          square ? "rounded-[30%]" : "rounded-full",
          look,
        )}
      >
        {gone ? (
          <UserRoundX className="size-1/2 text-ink-2" />
        ) : (
          <span className={clsx(picture && "animate-late")}>{initials(name)}</span>
        )}
        {picture && (
          // biome-ignore lint/performance/noImgElement: it is small already, and for those who are signed in
          <img
            key={picture.small}
            src={picture.small}
            srcSet={`${picture.small} 96w, ${picture.large} 256w`}
            sizes={`${side}px`}
            alt=""
            loading="lazy"
            decoding="sync"
            draggable={false}
            className="absolute inset-0 size-full object-cover"
          />
        )}
      </span>
      {onlineLabel !== undefined && (
        <span className="absolute -end-px -bottom-px size-3.5 rounded-full border-2 border-(--surface,var(--canvas)) bg-ok">
          <span className="sr-only">{onlineLabel}</span>
        </span>
      )}
    </span>
  );
}

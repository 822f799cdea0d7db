import { playback } from "../voice/playback";
import type { ShownFile } from "./shown-file";
import { useLocalUrl } from "./use-local-url";

/** The browser's own player. It loads no more than the first picture until somebody presses play. */
export function VideoPlayer({ file, tabIndex }: { file: ShownFile; tabIndex: number }) {
  const { name, remote, local } = file;
  const localUrl = useLocalUrl(local);
  return (
    // biome-ignore lint/a11y/useMediaCaption: people's own recordings come without captions
    <video
      controls
      playsInline
      preload="metadata"
      src={remote?.url ?? localUrl}
      aria-label={name}
      tabIndex={tabIndex}
      onPlay={({ currentTarget }) => playback.yieldTo(currentTarget)}
      className="aspect-video w-[320px] max-w-full rounded-[7px] bg-black object-contain"
    />
  );
}

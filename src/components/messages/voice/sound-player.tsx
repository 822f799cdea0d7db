import { clsx } from "clsx";
import { Download, Pause, Play } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { clockText } from "~/i18n/clock-text";
import type { ShownFile } from "../attachments/shown-file";
import { useFileSize } from "../attachments/use-file-size";
import { useLocalUrl } from "../attachments/use-local-url";
import { playback, type Track, type TrackState } from "./playback";
import { SeekBar } from "./seek-bar";

const useTrack = (key: string): TrackState => {
  const read = () => playback.stateOf(key);
  return useSyncExternalStore(playback.subscribe, read, read);
};

function Speed({ tabIndex }: { tabIndex: number }) {
  const t = useTranslations("messages.voice");
  const format = useFormatter();
  const speed = useSyncExternalStore(playback.subscribe, playback.speed, playback.speed);
  const text = `${format.number(speed)}×`;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={t("speed", { speed: text })}
      onClick={() => playback.nextSpeed()}
      className="relative rounded-full px-1.5 font-medium text-ink-2 text-xs tabular-nums leading-4 ring-1 ring-line-strong ring-inset before:absolute before:-inset-1 hover:text-ink pointer-coarse:before:-inset-x-3 pointer-coarse:before:-bottom-5"
    >
      {text}
    </button>
  );
}

interface SoundPlayerProps {
  file: ShownFile;
  tabIndex: number;
  /** Said of it until it is played, besides how long or how large it is. */
  detail?: string;
  className?: string;
}

/** Plays a voice message, drawn as it sounds, or another sound, by its name. One at a time on the whole page. */
export function SoundPlayer({ file, tabIndex, detail, className }: SoundPlayerProps) {
  const t = useTranslations("messages.voice");
  const tFiles = useTranslations("messages.files");
  const size = useFileSize();
  const { key, name, voice, remote, local } = file;
  const localUrl = useLocalUrl(local);
  const { playing, seconds, length, failed } = useTrack(key);
  const src = remote?.url ?? localUrl;
  const track: Track | null = src === undefined ? null : { key, src };
  const total = voice ? voice.durationMs / 1000 : length;
  useEffect(() => {
    // What is heard off this machine is gone with its place here.
    return localUrl === undefined ? undefined : () => playback.forget(key);
  }, [localUrl, key]);
  const begun = playing || seconds > 0;
  const whole = total ? clockText(total) : size(file.size);
  const told = begun
    ? `${clockText(seconds)} / ${total ? clockText(total) : "–"}`
    : detail
      ? `${whole} · ${detail}`
      : whole;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls of a form
    <div
      role="group"
      aria-label={name}
      className={clsx("flex h-12 items-center gap-2.5 ps-1 pe-2", className)}
    >
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={t(playing ? "pause" : "play")}
        aria-disabled={!track}
        onClick={() => track && playback.toggle(track)}
        className="grid size-10 shrink-0 place-items-center rounded-full bg-accent text-accent-ink hover:bg-accent/90 [&>svg]:size-[18px]"
      >
        {playing ? (
          <Pause aria-hidden fill="currentColor" />
        ) : (
          <Play aria-hidden fill="currentColor" className="ms-0.5" />
        )}
      </button>
      <div className="min-w-0 flex-1">
        {!voice && <bdi className="block truncate font-medium text-sm leading-[18px]">{name}</bdi>}
        <SeekBar
          label={t("seek")}
          seconds={seconds}
          total={total}
          peaks={voice?.peaks}
          tabIndex={tabIndex}
          onSeek={(to) => track && playback.seek(track, to)}
        />
        <div className="flex h-4 items-center justify-between gap-2 text-ink-2 text-xs tabular-nums">
          <span role={failed ? "alert" : undefined} className={clsx("truncate", failed && "text-danger")}>
            {failed ? t("failed") : told}
          </span>
          {begun && <Speed tabIndex={tabIndex} />}
        </div>
      </div>
      {!voice && remote && (
        <a
          href={remote.url}
          download={name}
          tabIndex={tabIndex}
          aria-label={tFiles("download", { name })}
          className="-me-2 grid size-9 shrink-0 place-items-center rounded-item text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
        >
          <Download aria-hidden className="size-4" />
        </a>
      )}
    </div>
  );
}

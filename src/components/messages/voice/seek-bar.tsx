import { clsx } from "clsx";
import { clockText } from "~/i18n/clock-text";
import { Waveform } from "./waveform";

/** As many steps as a waveform has bars: an arrow key goes on by one of them. */
const steps = 64;

interface SeekBarProps {
  label: string;
  seconds: number;
  /** Null while it is not known: there is nowhere to go then. */
  total: number | null;
  /** Drawn as a waveform, where there are some. */
  peaks: readonly number[] | undefined;
  tabIndex: number;
  onSeek: (seconds: number) => void;
}

/** How far a sound is, and the way to another place in it. Time goes to the right in every script. */
export function SeekBar({ label, seconds, total, peaks, tabIndex, onSeek }: SeekBarProps) {
  const played = total ? Math.min(1, seconds / total) : 0;
  const cut = { clipPath: `inset(0 ${100 - played * 100}% 0 0)` };
  return (
    <div
      dir="ltr"
      className={clsx(
        "relative rounded-[3px] has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
        peaks ? "mb-0.5 h-6" : "h-3.5",
      )}
    >
      {peaks ? (
        <>
          <Waveform peaks={peaks} className="absolute size-full text-ink-3 opacity-50" />
          <div className="absolute size-full" style={cut}>
            <Waveform peaks={peaks} className="size-full text-accent" />
          </div>
        </>
      ) : (
        <>
          <div className="absolute inset-x-0 top-[5px] h-1 rounded-full bg-ink-3 opacity-50" />
          <div className="absolute inset-x-0 top-[5px] h-1 rounded-full bg-accent" style={cut} />
        </>
      )}
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${clockText(seconds)} / ${clockText(total ?? 0)}`}
        min={0}
        max={total ?? 0}
        step={total ? total / steps : 1}
        value={seconds}
        disabled={!total}
        tabIndex={tabIndex}
        onChange={({ currentTarget }) => onSeek(currentTarget.valueAsNumber)}
        // The arrows, Home and End are its own, not the timeline's.
        onKeyDown={(event) => event.key !== "Escape" && event.stopPropagation()}
        className="absolute -inset-y-1 inset-x-0 w-full cursor-pointer opacity-0 disabled:cursor-default"
      />
    </div>
  );
}

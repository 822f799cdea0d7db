import { type CSSProperties, memo } from "react";

/** In units of the drawing; a bar's line is two pixels wide whatever the size. */
const barWidth = 3;
const height = 100;
/** What silence looks like. */
const lowest = 4;

interface WaveformProps {
  /** How loud each part is, 0 to 100. */
  peaks: readonly number[];
  className?: string;
  style?: CSSProperties;
}

/** How loud a recording is as it goes on: a bar for each part, as wide and as high as its place, in the text's colour. */
export const Waveform = memo(function Waveform({ peaks, className, style }: WaveformProps) {
  const bars = peaks.map((peak, index) => {
    const half = Math.max(lowest, Math.min(peak, 96)) / 2;
    return `M${(index + 0.5) * barWidth} ${height / 2 - half}v${2 * half}`;
  });
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${peaks.length * barWidth} ${height}`}
      preserveAspectRatio="none"
      className={className}
      style={style}
    >
      <path
        d={bars.join("")}
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
});

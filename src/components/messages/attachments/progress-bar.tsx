import { clsx } from "clsx";

type ProgressBarProps = { label: string; fraction: number; className?: string };

/** How much of something is done, between 0 and 1. */
export function ProgressBar({ label, fraction, className }: ProgressBarProps) {
  const percent = Math.floor(fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      className={clsx("h-1 overflow-hidden rounded-full bg-line-strong", className)}
    >
      <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}

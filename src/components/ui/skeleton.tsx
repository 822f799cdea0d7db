import { clsx } from "clsx";

/** A grey shape where text or a picture will be; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block animate-pulse rounded-control bg-line", className)} />;
}

import { clsx } from "clsx";

/** The mark: a speech bubble, reduced to the corner that makes it one. */
export function Logo({ className = "size-[22px]" }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx("inline-block shrink-0 rounded-[32%] rounded-es-[9%] bg-accent", className)}
    />
  );
}

import { clsx } from "clsx";
import type { ComponentProps } from "react";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      {...props}
      className={clsx(
        "h-10 w-full min-w-0 rounded-item border border-line-strong bg-raised px-3 text-base text-ink transition-colors placeholder:text-ink-3",
        "focus:border-accent focus:outline-none focus:ring-3 focus:ring-accent-soft",
        "aria-invalid:border-danger disabled:opacity-60",
        className,
      )}
    />
  );
}

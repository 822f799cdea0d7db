import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** The browser's own choice of one among few. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select
        {...props}
        className={clsx(
          "h-10 w-full cursor-pointer appearance-none rounded-item border border-line-strong bg-raised ps-3 pe-9 text-base text-ink transition-colors",
          "focus:border-accent focus:outline-none focus:ring-3 focus:ring-accent-soft",
          className,
        )}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-ink-3"
      />
    </span>
  );
}

import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

type ActionRowProps = ComponentProps<"button"> & {
  /** 18 px, hidden from assistive technology. */
  icon?: ReactNode;
  /** It takes something away. */
  danger?: boolean;
};

/** One of several things to do, as a line of a panel. */
export function ActionRow({ icon, danger = false, className, children, ...props }: ActionRowProps) {
  return (
    <button
      type="button"
      {...props}
      className={clsx(
        "flex min-h-10 w-full items-center gap-3 rounded-item px-2.5 text-start text-sm transition-colors hover:bg-hover disabled:opacity-60 [&>svg]:size-[18px] [&>svg]:shrink-0",
        danger ? "text-danger" : "text-ink-2 hover:text-ink",
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { Tooltip } from "./tooltip";

const variants = {
  ghost: "text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink",
  primary: "bg-accent text-accent-ink hover:bg-accent/90",
};

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & {
  /** The control's name: read aloud, and shown as a tooltip. */
  label: string;
  variant?: keyof typeof variants;
  tooltip?: Pick<ComponentProps<typeof Tooltip>, "side" | "align">;
};

/** Shared by buttons and links that look like one. */
export const iconButtonClass = (variant: keyof typeof variants = "ghost", className?: string): string =>
  clsx(
    "grid size-9 shrink-0 place-items-center rounded-item transition-colors [&>svg]:size-[18px]",
    "disabled:opacity-50 pointer-coarse:size-10",
    variants[variant],
    className,
  );

/** A button that is only an icon (its child, 18 px). */
export function IconButton({ label, variant = "ghost", tooltip, className, ...props }: IconButtonProps) {
  return (
    <Tooltip label={label} {...tooltip}>
      <button type="button" {...props} aria-label={label} className={iconButtonClass(variant, className)} />
    </Tooltip>
  );
}

import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent/90",
  secondary: "border border-line-strong bg-raised text-ink hover:bg-hover",
  ghost: "text-ink-2 hover:bg-hover hover:text-ink",
  danger: "border border-line-strong bg-raised text-danger hover:border-danger",
};

const sizes = {
  small: "h-8 px-3 text-sm",
  medium: "h-9 px-3.5 text-sm",
  large: "h-11 px-4 text-base",
};

type ButtonProps = ComponentProps<"button"> & {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** Something is under way: the label stays, a spinner stands beside it, and presses do nothing. */
  busy?: boolean;
};

export function Button({
  variant = "primary",
  size = "medium",
  busy = false,
  className,
  children,
  disabled,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={clsx(
        "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-item font-medium transition-colors",
        "disabled:opacity-60 pointer-coarse:min-h-10",
        variants[variant],
        sizes[size],
        className,
      )}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}

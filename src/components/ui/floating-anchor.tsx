import type { ComponentProps } from "react";

/** An unseen box for something that floats to keep to. */
export function FloatingAnchor({ place, ...props }: ComponentProps<"span"> & { place: DOMRectReadOnly }) {
  const { left, top, width, height } = place;
  return (
    <span
      {...props}
      aria-hidden
      tabIndex={-1}
      className="pointer-events-none fixed"
      style={{ left, top, width, height }}
    />
  );
}

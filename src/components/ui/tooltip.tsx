"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";

const aligns = {
  start: "start-0",
  center: "start-1/2 -translate-x-1/2 rtl:translate-x-1/2",
  end: "end-0",
};

type TooltipProps = {
  label: string;
  side?: "top" | "bottom";
  /** Which edge of the control the label keeps to: `start` and `end` near an edge of the window. */
  align?: keyof typeof aligns;
  children: ReactNode;
};

/**
 * Shows a control's name on hover and on keyboard focus. By CSS, because the code that places floating boxes weighs
 * more than all our controls. The control itself carries the name for assistive technology (`aria-label`).
 */
export function Tooltip({ label, side = "bottom", align = "center", children }: TooltipProps) {
  return (
    <span
      className="group/tooltip relative inline-flex"
      // Once pressed, a control has said what it does: its label stays away until the pointer comes back.
      onPointerDown={({ currentTarget }) => currentTarget.toggleAttribute("data-pressed", true)}
      onPointerLeave={({ currentTarget }) => currentTarget.toggleAttribute("data-pressed", false)}
    >
      {children}
      <span
        aria-hidden
        className={clsx(
          "pointer-events-none invisible absolute z-30 whitespace-nowrap rounded-control bg-ink px-2 py-1 text-canvas text-xs opacity-0 transition-opacity",
          "group-data-pressed/tooltip:hidden",
          "group-has-focus-visible/tooltip:visible group-has-focus-visible/tooltip:opacity-100",
          "pointer-fine:group-hover/tooltip:visible pointer-fine:group-hover/tooltip:opacity-100 pointer-fine:group-hover/tooltip:delay-400",
          side === "top" ? "bottom-full mb-1" : "top-full mt-1",
          aligns[align],
        )}
      >
        {label}
      </span>
    </span>
  );
}

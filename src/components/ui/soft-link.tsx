"use client";

import type { ComponentProps, MouseEvent } from "react";
import { leaveTo, navigate } from "./soft-navigation";

type SoftLinkProps = ComponentProps<"a"> & {
  href: string;
  /** It leads back to the view above. */
  up?: boolean;
};

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** A link that changes the address in the browser alone; opens in a new tab like any other. */
export function SoftLink({ href, up = false, onClick, ...props }: SoftLinkProps) {
  return (
    <a
      {...props}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event)) return;
        event.preventDefault();
        if (up) leaveTo(href);
        else navigate(href);
      }}
    />
  );
}

"use client";

import { type ReactNode, useId } from "react";
import { moveFocusInList } from "~/components/ui/list-keys";

type PersonListProps = { title: string; children: ReactNode };

/** People under a heading; the arrows move between them. */
export function PersonList({ title, children }: PersonListProps) {
  const headingId = useId();
  return (
    <section>
      <h2 id={headingId} className="px-2 pb-1.5 font-semibold text-ink-3 text-xs">
        {title}
      </h2>
      <ul aria-labelledby={headingId} onKeyDown={moveFocusInList} className="flex flex-col gap-px">
        {children}
      </ul>
    </section>
  );
}

import type { ReactNode } from "react";

/** In the place of a list that has nothing. */
export function NothingYet({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center text-ink-3 text-sm [&>svg]:size-7">
      {icon}
      <p>{children}</p>
    </div>
  );
}

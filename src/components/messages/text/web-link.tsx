import type { ReactNode } from "react";

/** A link out of the chat. The other page learns nothing of this one. */
export function WebLink({ href, title, children }: { href: string; title?: string; children: ReactNode }) {
  return (
    <a
      href={href}
      title={title}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="underline decoration-from-font underline-offset-2 hover:text-accent"
    >
      {children}
    </a>
  );
}

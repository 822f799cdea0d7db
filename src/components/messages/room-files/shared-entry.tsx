import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { Skeleton } from "~/components/ui/skeleton";

/** Something that was shared, as a line of a list, and beside it the way to its message. */
export function SharedEntry({ onGoTo, children }: { onGoTo: () => void; children: ReactNode }) {
  const t = useTranslations("messages.files");
  return (
    <li className="flex items-center gap-0.5">
      {children}
      <IconButton label={t("goToMessage")} onClick={onGoTo} tooltip={{ align: "end" }}>
        <MessageSquareText aria-hidden />
      </IconButton>
    </li>
  );
}

type SharedLinkProps = Omit<ComponentProps<"a">, "title"> & {
  icon: ReactNode;
  title: string;
  detail: string;
};

/** A link that fills such a line. */
export function SharedLink({ icon, title, detail, ...link }: SharedLinkProps) {
  return (
    <a
      {...link}
      className="flex min-h-13 min-w-0 flex-1 items-center gap-2.5 rounded-item px-1 hover:bg-hover"
    >
      {icon}
      <span className="min-w-0">
        <bdi className="block truncate font-medium text-sm">{title}</bdi>
        <span className="block truncate text-ink-2 text-xs">{detail}</span>
      </span>
    </a>
  );
}

/** The lines of a list that is on its way. */
export function SharedSkeleton() {
  return [1, 2, 3, 4].map((row) => (
    <div key={row} className="flex h-13 items-center gap-2.5 px-1">
      <Skeleton className="size-10 rounded-control" />
      <Skeleton className="h-3 w-40" />
    </div>
  ));
}

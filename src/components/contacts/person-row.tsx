"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "~/components/ui/avatar";
import { PresenceText } from "~/components/ui/presence-text";
import { useFace } from "~/i18n/use-face";
import type { Presence, User } from "~/shared/users";

type PersonRowProps = {
  user: User;
  presence?: Presence | null;
  /** Given: the name is a button that does this; `openLabel` says what. */
  onOpen?: (() => void) | undefined;
  openLabel?: string;
  /** The row's buttons. */
  children?: ReactNode;
};

/** Somebody in a list: who they are, and what can be done. */
export function PersonRow({ user, presence = null, onOpen, openLabel, children }: PersonRowProps) {
  const t = useTranslations("contacts");
  const face = useFace();
  const identity = (
    <>
      <Avatar {...face(user)} onlineLabel={presence?.online ? t("online") : undefined} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block w-fit max-w-full truncate font-medium">
          {user.displayName}
        </span>
        <span className="block truncate text-ink-2 text-sm">
          @{user.username}
          {presence && !presence.online && (
            <span className="text-ink-3 max-sm:hidden">
              {" · "}
              <PresenceText presence={presence} />
            </span>
          )}
        </span>
      </span>
    </>
  );
  const identityClass = "flex min-w-0 flex-1 items-center gap-3 p-2 text-start";
  return (
    <li className="flex items-center gap-1 rounded-item pe-1 hover:bg-hover">
      {onOpen ? (
        <button
          type="button"
          data-list-item
          aria-label={openLabel}
          onClick={onOpen}
          className={`${identityClass} rounded-item`}
        >
          {identity}
        </button>
      ) : (
        <span className={identityClass}>{identity}</span>
      )}
      {children}
    </li>
  );
}

/** The shape of a {@link PersonRow} that is on its way. */
export function PersonRowSkeleton() {
  return (
    <li aria-hidden className="flex animate-pulse items-center gap-3 p-2">
      <span className="size-10 rounded-full bg-line" />
      <span className="flex flex-col gap-2">
        <span className="h-3 w-36 rounded-control bg-line" />
        <span className="h-2.5 w-24 rounded-control bg-line" />
      </span>
    </li>
  );
}

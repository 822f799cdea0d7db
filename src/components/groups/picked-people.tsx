"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "~/components/ui/avatar";
import { useFace } from "~/i18n/use-face";
import type { User } from "~/shared/users";

type PickedPeopleProps = { picked: readonly User[]; onUnpick: (user: User) => void };

/** Whom one has chosen so far; a press takes somebody out again. */
export function PickedPeople({ picked, onUnpick }: PickedPeopleProps) {
  const t = useTranslations("groups");
  const face = useFace();
  if (picked.length === 0) return null;
  return (
    <ul className="flex max-h-24 flex-wrap gap-1.5 overflow-y-auto">
      {picked.map((user) => (
        <li key={user.id} className="max-w-full">
          <button
            type="button"
            aria-label={t("unpick", { name: user.displayName })}
            onClick={() => onUnpick(user)}
            className="flex max-w-full items-center gap-1.5 rounded-full bg-accent-soft py-0.5 ps-0.5 pe-2.5 text-sm hover:bg-hover pointer-coarse:min-h-10"
          >
            <Avatar {...face(user)} size="tiny" />
            <span dir="auto" className="truncate">
              {user.displayName}
            </span>
            <X aria-hidden className="size-3.5 shrink-0 text-ink-2" />
          </button>
        </li>
      ))}
    </ul>
  );
}

"use client";

import { Copy, Trash2 } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { IconButton } from "~/components/ui/icon-button";
import { notify } from "~/components/ui/toaster";
import type { Invite } from "~/shared/groups";
import { inviteHref } from "./invite-href";

type InviteRowProps = { invite: Invite; onRevoke: () => void };

/** A link that works: copy it, see how far it is used up, end it. */
export function InviteRow({ invite: { token, uses, maxUses, expiresAt }, onRevoke }: InviteRowProps) {
  const t = useTranslations("groups");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const link = new URL(inviteHref(token), window.location.href).href;
  const used = maxUses === null ? t("uses", { count: uses }) : t("usesOf", { count: uses, max: maxUses });
  const ends = expiresAt ? t("expires", { when: format.relativeTime(expiresAt, now) }) : t("expiresNever");
  // Browsers give no clipboard to pages without HTTPS; the link can still be selected.
  const copy = () => navigator.clipboard?.writeText(link).then(() => notify("success", t("copied")));
  return (
    <li className="flex items-center gap-1">
      <div className="min-w-0 flex-1">
        <input
          readOnly
          aria-label={`${used}, ${ends}`}
          value={link}
          onFocus={(event) => event.target.select()}
          className="block h-7 w-full truncate rounded-control bg-transparent text-sm"
        />
        <p aria-hidden className="truncate text-ink-3 text-xs">
          {used} · {ends}
        </p>
      </div>
      <IconButton label={t("copyInvite")} onClick={() => void copy()}>
        <Copy aria-hidden />
      </IconButton>
      <IconButton label={t("revoke")} onClick={onRevoke} tooltip={{ align: "end" }}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}

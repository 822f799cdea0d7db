"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

/** A username that a press copies. */
export function CopyUsername({ username }: { username: string }) {
  const t = useTranslations("rooms");
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      // Browsers give no clipboard to pages without HTTPS; the name can still be selected.
      onClick={() => void navigator.clipboard?.writeText(username).then(() => setCopied(true))}
      className="mt-4 inline-flex h-10 max-w-full select-text items-center gap-2.5 rounded-item border border-line-strong bg-raised px-3.5 hover:bg-hover"
    >
      <span className="truncate font-medium">@{username}</span>
      <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="sr-only" aria-live="polite">
        {copied ? t("copied") : t("copyUsername")}
      </span>
    </button>
  );
}

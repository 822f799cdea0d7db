"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as RadixDialog from "radix-ui/dialog";
import { type ReactNode, useState } from "react";
import { iconButtonClass } from "./icon-button";

type DialogProps = { title: string; text?: string; onClose: () => void; children: ReactNode };

/** Something to fill in above the page. Rendered only while it is open; the focus returns where it was. */
export function Dialog({ title, text, onClose, children }: DialogProps) {
  const t = useTranslations("common");
  const [opener] = useState(() => document.activeElement);
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <RadixDialog.Content
          {...(text === undefined && { "aria-describedby": undefined })}
          // By itself it would return the focus to its trigger, and it has none.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
          className="fixed inset-0 z-50 m-auto flex h-fit max-h-[calc(100dvh-32px)] w-[min(440px,calc(100vw-32px))] flex-col rounded-2xl border border-line bg-raised shadow-float outline-none [--surface:var(--raised)]"
        >
          <div className="flex items-start gap-2 ps-6 pe-3 pt-4 pb-3">
            <div className="min-w-0 grow pt-1.5">
              <RadixDialog.Title className="font-semibold text-lg">{title}</RadixDialog.Title>
              {text !== undefined && (
                <RadixDialog.Description className="mt-1 text-ink-2 text-sm">{text}</RadixDialog.Description>
              )}
            </div>
            <RadixDialog.Close aria-label={t("close")} className={iconButtonClass()}>
              <X aria-hidden />
            </RadixDialog.Close>
          </div>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

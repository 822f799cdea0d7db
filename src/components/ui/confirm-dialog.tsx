"use client";

import { useTranslations } from "next-intl";
import * as AlertDialog from "radix-ui/alert-dialog";
import { useRef, useState } from "react";
import { Button } from "./button";

export type ConfirmDialogProps = {
  title: string;
  text: string;
  confirmLabel: string;
  onConfirm: () => void;
  /** Another thing that one may have meant. */
  instead?: { label: string; onChoose: () => void } | undefined;
  onClose: () => void;
};

/** Asks before something that is not undone in passing. Rendered only while it asks; the focus returns where it was. */
export function ConfirmDialog({
  title,
  text,
  confirmLabel,
  onConfirm,
  instead,
  onClose,
}: ConfirmDialogProps) {
  const t = useTranslations("common");
  const [opener] = useState(() => document.activeElement);
  // What is chosen happens once the dialog is gone, so that it can move the focus.
  const chosen = useRef<(() => void) | null>(null);
  const choose = (action: () => void) => () => {
    chosen.current = action;
  };
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Content
          // By itself it would return the focus to its trigger, and it has none.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
            chosen.current?.();
          }}
          className="fixed inset-0 z-50 m-auto h-fit w-[min(400px,calc(100vw-32px))] rounded-2xl border border-line bg-raised p-6 shadow-float"
        >
          <AlertDialog.Title className="font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{text}</AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button variant="ghost">{t("cancel")}</Button>
            </AlertDialog.Cancel>
            {instead && (
              <AlertDialog.Action asChild>
                <Button variant="secondary" onClick={choose(instead.onChoose)}>
                  {instead.label}
                </Button>
              </AlertDialog.Action>
            )}
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={choose(onConfirm)}>
                {confirmLabel}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

"use client";

import * as Dialog from "radix-ui/dialog";
import type { ReactNode, RefObject } from "react";

type PaletteDialogProps = {
  label: string;
  /** Has the focus first. */
  field: RefObject<HTMLElement | null>;
  /** Has the focus back. */
  opener: Element;
  onClose: () => void;
  children: ReactNode;
};

/** A field over the page that leads anywhere; on phones the whole screen. Rendered only while it is open. */
export function PaletteDialog({ label, field, opener, onClose, children }: PaletteDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            field.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Where it led somewhere, the focus is there already.
            if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
          }}
          className="fixed inset-x-0 top-0 z-50 mx-auto flex flex-col bg-raised text-ink outline-none [--surface:var(--raised)] max-sm:h-dvh sm:top-[10vh] sm:max-h-[76dvh] sm:w-[min(640px,calc(100vw-32px))] sm:rounded-2xl sm:border sm:border-line sm:shadow-float"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

"use client";

import * as Popover from "radix-ui/popover";
import { useRef } from "react";
import { FloatingAnchor } from "~/components/ui/floating-anchor";
import { EmojiPicker } from "./emoji-picker";

interface FloatingEmojiPickerProps {
  label: string;
  place: DOMRectReadOnly;
  /** Who gets the focus back. */
  opener: HTMLElement | null;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

/** The emoji picker beside what it is for. */
export function FloatingEmojiPicker({ label, place, opener, onPick, onClose }: FloatingEmojiPickerProps) {
  const picked = useRef<string | null>(null);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>
        <FloatingAnchor place={place} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener?.focus({ preventScroll: true });
            if (picked.current !== null) onPick(picked.current);
          }}
          className="z-50 rounded-card border border-line bg-raised shadow-float"
        >
          <EmojiPicker
            onPick={(emoji) => {
              picked.current = emoji;
              onClose();
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

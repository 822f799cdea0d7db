"use client";

import * as Dropdown from "radix-ui/dropdown-menu";
import { type ComponentType, createContext, type ReactNode, use, useRef } from "react";
import { FloatingAnchor } from "./floating-anchor";

/** How the item shows that the arrows or the pointer have reached it. */
export const menuHighlight = "outline-none data-highlighted:bg-hover";

/** Has something done once the menu is gone, so that it can move the focus. */
const ChooseContext = createContext<(action: () => void) => () => void>((action) => action);
export const useChoose = () => use(ChooseContext);

interface MenuProps {
  label: string;
  /** What it floats beside, in pixels of the window, and which edge of that it keeps to. */
  place: DOMRectReadOnly;
  align?: "start" | "end";
  /** Who gets the focus back. */
  opener: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

/** Things to do about something, beside it. Rendered only while it is open. */
export function Menu({ label, place, align = "start", opener, onClose, children }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null);
  const choose = (action: () => void) => () => {
    chosen.current = action;
  };
  return (
    // A modal one hides the rest of the page from assistive technology, with the focus still able to go there.
    <Dropdown.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dropdown.Trigger asChild>
        <FloatingAnchor place={place} />
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener?.focus({ preventScroll: true });
            chosen.current?.();
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float"
        >
          <ChooseContext value={choose}>{children}</ChooseContext>
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

interface MenuItemProps {
  icon: ComponentType<{ className?: string }>;
  label: string;
  /** The key that does the same without the menu. */
  shortcut?: string;
  danger?: boolean;
  onChoose: () => void;
}

export function MenuItem({ icon: Icon, label, shortcut, danger = false, onChoose }: MenuItemProps) {
  const choose = useChoose();
  return (
    <Dropdown.Item
      onSelect={choose(onChoose)}
      className={`flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2.5 text-sm pointer-coarse:h-11 ${menuHighlight} ${danger ? "text-danger" : ""}`}
    >
      <Icon className="size-4 shrink-0" />
      <span className="grow">{label}</span>
      {shortcut && (
        <kbd aria-hidden className="font-sans text-ink-3 text-xs pointer-coarse:hidden">
          {shortcut}
        </kbd>
      )}
    </Dropdown.Item>
  );
}

import type { Message } from "~/shared/messages";

/** What floats beside a message, one thing at a time. */
export interface Overlay {
  readonly kind: "menu" | "reactions" | "delete" | "seenBy" | "pictures";
  readonly message: Message;
  /** With `pictures`: the one to show. */
  readonly pictureId?: string;
  /** Where it floats, in pixels of the window. */
  readonly place: DOMRectReadOnly;
  /** Who gets the focus back. */
  readonly opener: HTMLElement | null;
}

/** The overlay that an element of a message opens, at that element. */
export const overlayAt = (kind: Overlay["kind"], message: Message, element: Element): Overlay => ({
  kind,
  message,
  place: element.getBoundingClientRect(),
  opener: element.closest("article"),
});

import type { Message } from "~/shared/messages";
import type { TimelineWindow } from "./room-timeline";

interface PendingChange {
  readonly seq: number;
  /** The message as it will be. */
  readonly guess: (message: Message) => Message;
}

/** Changes that the server has not answered yet, shown as if it had agreed. */
export class PendingChanges {
  #changes: readonly PendingChange[] = [];
  #shown: { from: TimelineWindow; changes: readonly PendingChange[]; window: TimelineWindow } | null = null;

  /** Returns what takes the change back, once the answer is there. */
  add(seq: number, guess: PendingChange["guess"]): () => void {
    const change = { seq, guess };
    this.#changes = [...this.#changes, change];
    return () => {
      this.#changes = this.#changes.filter((other) => other !== change);
    };
  }

  /** The window as it will be; the same object for the same window and changes. */
  applyTo(from: TimelineWindow): TimelineWindow {
    const changes = this.#changes;
    if (changes.length === 0) return from;
    if (this.#shown?.from !== from || this.#shown.changes !== changes) {
      const messages = from.messages
        .map((message) =>
          changes.reduce((shown, { seq, guess }) => (seq === shown.seq ? guess(shown) : shown), message),
        )
        .filter(({ hidden }) => !hidden);
      this.#shown = { from, changes, window: { ...from, messages } };
    }
    return this.#shown.window;
  }
}

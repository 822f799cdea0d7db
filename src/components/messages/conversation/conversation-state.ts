import type { ErrorReason } from "~/shared/errors";
import type { TimelineWindow } from "./room-timeline";

/** `stalled`: the last try failed, the next one comes by itself. */
type Progress = "idle" | "loading" | "stalled";

export interface ConversationState {
  /** `refused`: the server will not show this room. */
  readonly phase: "loading" | "stalled" | "ready" | "refused";
  readonly reason: ErrorReason | null;
  readonly window: TimelineWindow;
  readonly older: Progress;
  readonly newer: Progress;
  /** Rises when the window moves elsewhere in the room, so that keeping one's place means nothing. */
  readonly epoch: number;
  /** The message to bring on screen and to mark for a moment; a new object each time. */
  readonly target: { readonly seq: number } | null;
}

/** A conversation that nobody has opened yet. */
export const unopened: ConversationState = {
  phase: "loading",
  reason: null,
  window: { messages: [], olderBefore: null, newerAfter: null },
  older: "idle",
  newer: "idle",
  epoch: 0,
  target: null,
};

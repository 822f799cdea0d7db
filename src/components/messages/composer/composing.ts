import { type RefObject, useMemo } from "react";
import { type Aim, changeDraft, sendDraft, useDraft } from "./drafts";

export interface Composing {
  readonly aim: Aim;
  readonly text: string;
  setText: (text: string) => void;
  /** Answers the message with this seq. */
  reply: (seq: number) => void;
  /** Corrects the message with this seq, which says `from`, beginning with `text`. */
  edit: (seq: number, from: string, text?: string) => void;
  /** Back to an ordinary message, with the words that were written for one. */
  leaveAim: () => void;
  /** All of it was sent. It is forgotten once `kept` has resolved. */
  sent: (kept: Promise<unknown>) => void;
}

/** What is being written in a room. A correction leaves the draft alone. Functions other than `setText` stay the same. */
export const useComposing = (roomId: string, field: RefObject<HTMLTextAreaElement | null>): Composing => {
  const { text, aim } = useDraft(roomId);
  const actions = useMemo(() => {
    const take = (next: Aim): void => {
      changeDraft(roomId, { aim: next });
      field.current?.focus();
    };
    return {
      reply: (seq: number) => take({ type: "reply", seq }),
      edit: (seq: number, from: string, text = from) => take({ type: "edit", seq, text, from }),
      leaveAim: () => take({ type: "message" }),
      sent: (kept: Promise<unknown>) => void sendDraft(roomId, kept),
    };
  }, [roomId, field]);
  return {
    ...actions,
    aim,
    text: aim.type === "edit" ? aim.text : text,
    setText: (next) =>
      changeDraft(roomId, aim.type === "edit" ? { aim: { ...aim, text: next } } : { text: next }),
  };
};

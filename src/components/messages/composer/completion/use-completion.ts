import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId, useState } from "react";
import { insertText } from "../insert-text";
import { type Completion, optionId } from "./completion-list";
import { type Token, tokenBefore } from "./token";
import { useEmoji } from "./use-emoji";
import { usePeople } from "./use-people";

/** What fits above the composer without hiding the talk. */
const shown = 6;

interface Scene {
  roomId: string;
  myId: string;
  /** Whether an `@` means anybody here. */
  hasPeople: boolean;
}

/** Offers what may be meant while one types an `@`, or a `:`. */
export const useCompletion = (
  { roomId, myId, hasPeople }: Scene,
  field: RefObject<HTMLTextAreaElement | null>,
) => {
  const t = useTranslations("messages");
  const listId = useId();
  const [token, setToken] = useState<Token | null>(null);
  /** Where the one stands for which nothing is to be offered any more. */
  const [declinedAt, setDeclinedAt] = useState<number | null>(null);
  const [reached, setReached] = useState(0);
  const people = usePeople(roomId, myId, token?.kind === "mention" ? token.query : undefined);
  const emoji = useEmoji(token?.kind === "emoji" ? token : null);
  const found = token?.kind === "mention" ? people : emoji;
  const options = token?.closed ? [] : found.slice(0, shown);
  const active = Math.min(reached, options.length - 1);

  const choose = ({ text }: Completion): void => {
    const element = field.current;
    if (!element || !token) return;
    insertText(element, text, token.start);
    setToken(null);
  };
  const decline = (): void => {
    setDeclinedAt(token?.start ?? null);
    setToken(null);
  };

  const written = token?.closed ? emoji[0] : undefined;
  const replace = useEffectEvent(choose);
  useEffect(() => {
    if (written) replace(written);
  }, [written]);

  return {
    list: { id: listId, label: t(token?.kind === "emoji" ? "emoji" : "mention"), options, active },
    choose,
    /** Of the field. */
    props: {
      /** Reads what stands before the caret, whenever that changes. */
      onSelect: (): void => {
        const { value = "", selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
        const next = selectionStart === selectionEnd ? tokenBefore(value.slice(0, selectionStart)) : null;
        const isOffered = next && next.start !== declinedAt && (hasPeople || next.kind === "emoji");
        if (next?.start !== declinedAt) setDeclinedAt(null);
        setReached(0);
        setToken(isOffered ? next : null);
      },
      onBlur: () => setToken(null),
      "aria-autocomplete": "list",
      "aria-controls": listId,
      "aria-activedescendant": options.length > 0 ? optionId(listId, active) : undefined,
    } as const,
    /** Returns whether the key was for the list. */
    onKeyDown: ({ key }: KeyboardEvent): boolean => {
      const option = options[active];
      if (!option) return false;
      if (key === "ArrowDown") setReached((active + 1) % options.length);
      else if (key === "ArrowUp") setReached((active + options.length - 1) % options.length);
      else if (key === "Enter" || key === "Tab") choose(option);
      else if (key === "Escape") decline();
      else return false;
      return true;
    },
  };
};

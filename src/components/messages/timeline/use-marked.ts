import { useEffect, useState } from "react";
import type { ConversationState } from "../conversation/conversation-state";

/** Long enough to be found after a jump. Milliseconds. */
const markedFor = 2_000;

/** The seq of the message that one was led to a moment ago. */
export const useMarked = (target: ConversationState["target"]): number | null => {
  const [marked, setMarked] = useState(target);
  useEffect(() => {
    setMarked(target);
    const timer = setTimeout(() => setMarked(null), markedFor);
    return () => clearTimeout(timer);
  }, [target]);
  return marked?.seq ?? null;
};

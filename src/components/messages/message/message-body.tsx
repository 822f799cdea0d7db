import { clsx } from "clsx";
import { useState } from "react";
import type { Row } from "../timeline/rows";
import { MessageBar } from "./message-bar";
import { MessageBubble } from "./message-bubble";
import { hasMenu, isLive } from "./message-rights";
import { Reactions } from "./reactions";

/** A message with its reactions, and its bar while the pointer or the focus is there. */
export function MessageBody({ row, focused }: { row: Row; focused: boolean }) {
  const [hovered, setHovered] = useState(false);
  const { message, mine } = row;
  // The Tab key stops at the controls of one message, not at those of all.
  const tabIndex = focused ? 0 : -1;
  const live = message !== null && isLive(message);
  return (
    <div
      onPointerEnter={({ pointerType }) => setHovered(pointerType === "mouse")}
      onPointerLeave={() => setHovered(false)}
      className={clsx("flex w-full min-w-0 flex-col", mine ? "items-end" : "items-start")}
    >
      <div className="relative w-fit max-w-full">
        <MessageBubble row={row} tabIndex={tabIndex} />
        {message && hasMenu(message) && (hovered || focused) && <MessageBar message={message} mine={mine} />}
      </div>
      {live && message.reactions.length > 0 && <Reactions message={message} tabIndex={tabIndex} />}
    </div>
  );
}

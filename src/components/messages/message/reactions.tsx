import { clsx } from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Tooltip } from "~/components/ui/tooltip";
import type { Message, Reaction } from "~/shared/messages";
import { useMessageRoom } from "../message-room";
import { useRoomNames } from "../use-room-names";

type ReactionsProps = { message: Message; tabIndex: number };

/** The names in a tooltip; more are counted. */
const named = 8;

type ReactionButtonProps = ReactionsProps & { reaction: Reaction };

function ReactionButton({ message, reaction, tabIndex }: ReactionButtonProps) {
  const t = useTranslations("messages");
  const format = useFormatter();
  const { me, isOpen, actions } = useMessageRoom();
  const [asked, setAsked] = useState(false);
  const nameOf = useRoomNames(asked);
  const { emoji, userIds } = reaction;
  const mine = userIds.includes(me.id);
  const names = userIds
    .slice(0, named)
    .map((id) => (id === me.id ? t("you") : (nameOf(id) ?? t("somebody"))));
  const rest = userIds.length - names.length;
  const who = format.list(rest > 0 ? [...names, t("notices.more", { count: rest })] : names);
  return (
    <Tooltip label={who} align="start">
      <button
        type="button"
        tabIndex={tabIndex}
        aria-pressed={mine}
        aria-label={t("reaction", { emoji, count: userIds.length, names: who })}
        aria-disabled={!isOpen || undefined}
        onClick={() => isOpen && actions.react(message, emoji)}
        onPointerEnter={() => setAsked(true)}
        onFocus={() => setAsked(true)}
        className={clsx(
          "flex h-6 items-center gap-1 rounded-full border px-2 text-[13px] tabular-nums pointer-coarse:h-9 pointer-coarse:px-3",
          mine
            ? "border-accent-line bg-accent-soft font-semibold text-accent"
            : "border-line bg-raised hover:border-line-strong",
        )}
      >
        <span aria-hidden>{emoji}</span>
        <span aria-hidden>{userIds.length}</span>
      </button>
    </Tooltip>
  );
}

/** The reactions under a message, one's own marked; a press puts one's own there or takes it back. */
export function Reactions({ message, tabIndex }: ReactionsProps) {
  return (
    <div className="mt-1 mb-0.5 flex flex-wrap gap-1">
      {message.reactions.map((reaction) => (
        <ReactionButton key={reaction.emoji} message={message} tabIndex={tabIndex} reaction={reaction} />
      ))}
    </div>
  );
}

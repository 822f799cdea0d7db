"use client";

import { Copy, Eye, Link, MessageCircleDashed, Pencil, Reply, SmilePlus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dropdown from "radix-ui/dropdown-menu";
import { useKept } from "~/components/ui/kept-value";
import { Menu, MenuItem, menuHighlight, useChoose } from "~/components/ui/menu";
import type { Message } from "~/shared/messages";
import { quickEmojis } from "../emoji/quick-emojis";
import { keptSkinTone, toned } from "../emoji/skin-tone";
import { useMessageRoom } from "../message-room";
import { canDelete, canEdit, canMarkUnread, isLive } from "./message-rights";
import type { Overlay } from "./overlay";

type MessageMenuProps = { overlay: Overlay; onOpen: (kind: Overlay["kind"]) => void; onClose: () => void };

/** The reactions at hand, and the way to all others. */
function QuickReactions({ onReact, onMore }: { onReact: (emoji: string) => void; onMore: () => void }) {
  const t = useTranslations("messages");
  const choose = useChoose();
  const skinTone = useKept(keptSkinTone);
  return (
    <Dropdown.Group aria-label={t("react")} className="flex pb-1">
      {quickEmojis
        .map((one) => toned(one, skinTone))
        .map((emoji) => (
          <Dropdown.Item
            key={emoji}
            onSelect={choose(() => onReact(emoji))}
            className={`grid size-9 cursor-pointer place-items-center rounded-control text-xl pointer-coarse:size-11 ${menuHighlight}`}
          >
            {emoji}
          </Dropdown.Item>
        ))}
      <Dropdown.Item
        aria-label={t("moreReactions")}
        onSelect={choose(onMore)}
        className={`grid size-9 cursor-pointer place-items-center rounded-control text-ink-2 pointer-coarse:size-11 ${menuHighlight}`}
      >
        <SmilePlus className="size-[18px]" />
      </Dropdown.Item>
    </Dropdown.Group>
  );
}

/** What one can do with a message that still says something. */
function LiveItems({ message, onOpen }: { message: Message; onOpen: MessageMenuProps["onOpen"] }) {
  const t = useTranslations("messages");
  const { me, kind, isOpen, actions } = useMessageRoom();
  /** Props of an item that does this to the message. */
  const does = (action: "reply" | "edit" | "copyText" | "copyLink" | "markUnread") => ({
    onChoose: () => actions[action](message),
  });
  return (
    <>
      {isOpen && (
        <>
          <QuickReactions
            onReact={(emoji) => actions.react(message, emoji)}
            onMore={() => onOpen("reactions")}
          />
          <Dropdown.Separator className="mx-1 mb-1 h-px bg-line" />
          <MenuItem icon={Reply} label={t("reply")} shortcut="R" {...does("reply")} />
        </>
      )}
      {isOpen && canEdit(message, me) && (
        <MenuItem icon={Pencil} label={t("edit")} shortcut="E" {...does("edit")} />
      )}
      {message.body !== "" && (
        <MenuItem icon={Copy} label={t("copyText")} shortcut="C" {...does("copyText")} />
      )}
      <MenuItem icon={Link} label={t("copyLink")} {...does("copyLink")} />
      {canMarkUnread(message, me) && (
        <MenuItem icon={MessageCircleDashed} label={t("markUnread")} shortcut="U" {...does("markUnread")} />
      )}
      {message.author.id === me.id && kind === "group" && (
        <MenuItem icon={Eye} label={t("seenBy")} onChoose={() => onOpen("seenBy")} />
      )}
    </>
  );
}

/** Everything that one can do with a message. */
export function MessageMenu({ overlay: { message, place, opener }, onOpen, onClose }: MessageMenuProps) {
  const t = useTranslations("messages");
  const { me, isAdmin, actions } = useMessageRoom();
  const forAll = canDelete(message, me, isAdmin);
  return (
    <Menu
      label={t("actions")}
      place={place}
      align={message.author.id === me.id ? "end" : "start"}
      opener={opener}
      onClose={onClose}
    >
      {isLive(message) && <LiveItems message={message} onOpen={onOpen} />}
      <MenuItem
        icon={Trash2}
        label={t(forAll ? "delete" : "deleteForMe")}
        shortcut={t("deleteKey")}
        danger
        onChoose={() => (forAll ? onOpen("delete") : actions.hide(message))}
      />
    </Menu>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import { FloatingEmojiPicker } from "../emoji/floating-emoji-picker";
import { useMessageRoom } from "../message-room";
import { PictureViewer } from "../viewer/picture-viewer";
import { MessageMenu } from "./message-menu";
import type { Overlay } from "./overlay";
import { SeenBy } from "./seen-by";

type MessageOverlayProps = {
  overlay: Overlay;
  /** Replaces it, with null by nothing. */
  onChange: (overlay: Overlay | null) => void;
};

/** What floats beside a message. Its code is loaded apart from the conversation. */
export function MessageOverlay({ overlay, onChange }: MessageOverlayProps) {
  const t = useTranslations("messages");
  const { actions } = useMessageRoom();
  const { kind, message, place, opener } = overlay;
  const close = (): void => onChange(null);
  switch (kind) {
    case "menu":
      return (
        <MessageMenu
          overlay={overlay}
          onOpen={(next) => onChange({ ...overlay, kind: next })}
          onClose={close}
        />
      );
    case "reactions":
      return (
        <FloatingEmojiPicker
          label={t("react")}
          place={place}
          opener={opener}
          onPick={(emoji) => actions.react(message, emoji)}
          onClose={close}
        />
      );
    case "delete":
      return (
        <ConfirmDialog
          title={t("deleteTitle")}
          text={t("deleteText")}
          confirmLabel={t("deleteForAll")}
          onConfirm={() => actions.remove(message)}
          instead={{ label: t("deleteForMe"), onChoose: () => actions.hide(message) }}
          onClose={close}
        />
      );
    case "seenBy":
      return <SeenBy seq={message.seq} onClose={close} />;
    case "pictures":
      return (
        <PictureViewer
          pictures={message.attachments.filter((file) => file.kind === "image")}
          openId={overlay.pictureId}
          onClose={close}
        />
      );
  }
}

"use client";

import { useTranslations } from "next-intl";
import { firstName } from "~/i18n/first-name";
import { type GistWords, gistOf } from "~/i18n/gist";
import { usePersonName } from "~/i18n/use-face";
import { useFileTitle } from "~/i18n/use-file-title";
import { useNoticeText } from "~/i18n/use-notice-text";
import type { Message } from "~/shared/messages";
import { plainLine } from "~/shared/plain-text";
import type { RoomSummary } from "~/shared/rooms";

/** What a message says, in one line, if it still says anything. */
const useGist = (): ((message: Message) => string) => {
  const t = useTranslations("rooms");
  const fileTitle = useFileTitle();
  const words: GistWords = {
    photos: (count) => t("photos", { count }),
    files: (count) => t("files", { count }),
    fileTitle,
  };
  return ({ body, attachments, deletedAt }) =>
    deletedAt ? t("deletedMessage") : gistOf({ line: plainLine(body), attachments }, words);
};

/** A room's last message in one line, with who wrote it where that could be somebody else than one thinks. */
export const usePreview = (): ((room: RoomSummary, myId: string) => string) => {
  const t = useTranslations("rooms");
  const noticeText = useNoticeText();
  const gist = useGist();
  const personName = usePersonName();
  return ({ kind, lastMessage }, myId) => {
    if (!lastMessage) return t("noMessages");
    const { author, notice } = lastMessage;
    if (notice) return noticeText({ author, notice }, myId);
    const text = gist(lastMessage);
    if (author.id === myId) return t("you", { text });
    const name = author.deleted ? personName(author) : firstName(author.displayName);
    return kind === "group" ? `${name}: ${text}` : text;
  };
};

"use client";

import { useTranslations } from "next-intl";
import type { PushedFile } from "~/shared/notifications";
import { clockText } from "./clock-text";

/** What a file is called in a sentence: its name, or "Voice message (0:12)", whose name nobody gave. */
export const useFileTitle = (): ((file: Pick<PushedFile, "name" | "voice">) => string) => {
  const t = useTranslations("messages.voice");
  return ({ name, voice }) => (voice ? t("title", { length: clockText(voice.durationMs / 1000) }) : name);
};

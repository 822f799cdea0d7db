import { createTranslator } from "next-intl";
import { clockText } from "~/i18n/clock-text";
import { gistOf } from "~/i18n/gist";
import {
  messages as enMessages,
  notifications as enNotifications,
  rooms as enRooms,
} from "~/i18n/messages/en.json";
import {
  messages as esMessages,
  notifications as esNotifications,
  rooms as esRooms,
} from "~/i18n/messages/es.json";
import type { PushPayload } from "~/shared/notifications";
import { readLocale } from "./locale";

// Parts of the catalogues, so that the rest stays out of the worker.
const catalogues = {
  en: { messages: enMessages, notifications: enNotifications, rooms: enRooms },
  es: { messages: esMessages, notifications: esNotifications, rooms: esRooms },
};

/** What a notification says of a push. */
export const wordsFor = async (payload: PushPayload): Promise<{ title: string; body: string }> => {
  const locale = await readLocale();
  const t = createTranslator({ locale, messages: catalogues[locale] });
  if (payload.type === "test")
    return { title: t("notifications.testTitle"), body: t("notifications.testBody") };
  const { title, author, body, attachments, isRequest } = payload;
  if (isRequest) return { title: author, body: t("rooms.requestTitle", { name: author }) };
  const gist = gistOf(
    { line: body, attachments },
    {
      photos: (count) => t("rooms.photos", { count }),
      files: (count) => t("rooms.files", { count }),
      fileTitle: ({ name, voice }) =>
        voice ? t("messages.voice.title", { length: clockText(voice.durationMs / 1000) }) : name,
    },
  );
  return title === null ? { title: author, body: gist } : { title, body: `${author}: ${gist}` };
};

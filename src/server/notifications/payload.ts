import type { Message } from "~/shared/messages";
import type { PushPayload } from "~/shared/notifications";
import { plainLine } from "~/shared/plain-text";
import type { Called } from "./called";

/** As much as notifications show of a text, and of a file's name. In all it fits a push, which takes 4 KB. */
const lengths = { body: 160, name: 60 };

const shorten = (text: string, length: number): string => {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
};

/** What a browser is told of a message. Of a request it is told who makes it, and not what they say. */
export const toPayload = (
  { roomId, seq, author, body, attachments }: Message,
  { title, pictureId, isRequest }: Pick<Called, "title" | "pictureId" | "isRequest">,
): PushPayload => ({
  type: "message",
  roomId,
  seq,
  title,
  author: author.displayName,
  pictureId: isRequest || title !== null ? pictureId : author.pictureId,
  body: isRequest ? "" : shorten(plainLine(body), lengths.body),
  attachments: isRequest
    ? []
    : attachments.map(({ kind, name, voice }) => ({
        kind,
        name: attachments.length === 1 ? shorten(name, lengths.name) : "",
        voice: voice && { durationMs: voice.durationMs },
      })),
  isRequest,
});

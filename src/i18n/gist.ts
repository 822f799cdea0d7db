import type { PushedFile } from "~/shared/notifications";

/** As much of a message as its gist needs. */
interface Said {
  /** Its text in one line, without marks. */
  line: string;
  attachments: readonly PushedFile[];
}

/** The words of one language. */
export interface GistWords {
  photos: (count: number) => string;
  files: (count: number) => string;
  fileTitle: (file: PushedFile) => string;
}

/** What a message says, in one line: its text, or what it has in place of one. */
export const gistOf = ({ line, attachments }: Said, words: GistWords): string => {
  if (line) return line;
  const count = attachments.length;
  const [file] = attachments;
  if (attachments.every(({ kind }) => kind === "image")) return `📷 ${words.photos(count)}`;
  if (file && count === 1) return `${file.voice ? "🎤" : "📎"} ${words.fileTitle(file)}`;
  return `📎 ${words.files(count)}`;
};

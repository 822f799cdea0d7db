import { attachmentNameMaxLength } from "~/shared/limits";

/**
 * What cannot be seen: control characters, halves of characters, and those that only steer how text is laid out, by which a name can be made
 * to read as another. Joiners stay: scripts and emoji need them.
 */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The name of a file as it may stand on anybody's screen and disk: its last part alone, in any script, of 255 characters
 * at most with its extension kept. `file` where nothing is left.
 */
export const cleanFileName = (given: string): string => {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const name = last
    .replace(unseen, "")
    .trim()
    .replace(/[. ]+$/, "");
  return shorten(name) || "file";
};

const shorten = (name: string): string => {
  const characters = [...name];
  if (characters.length <= attachmentNameMaxLength) return name;
  const extension = [...(/\.\w{1,10}$/.exec(name)?.[0] ?? "")];
  return [...characters.slice(0, attachmentNameMaxLength - extension.length), ...extension].join("");
};

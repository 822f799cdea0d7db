import type { AttachmentKind } from "~/shared/attachments";

/** Pictures are only ever kept re-encoded by us, in the format that they came in. */
export const imageTypes = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;
export type ImageType = (typeof imageTypes)[number];

/** Sound and video that browsers play, and that can do nothing but play. */
const playable: Record<string, "audio" | "video"> = {
  "audio/aac": "audio",
  "audio/flac": "audio",
  "audio/mp4": "audio",
  "audio/mpeg": "audio",
  "audio/ogg": "audio",
  "audio/wav": "audio",
  "audio/webm": "audio",
  "video/mp4": "video",
  "video/ogg": "video",
  "video/quicktime": "video",
  "video/webm": "video",
};

export const isImageType = (type: string): type is ImageType => imageTypes.some((one) => one === type);

/** How a file of this type, read off its bytes, is shown. What is not known to be harmless is a `file`. */
export const kindOf = (type: string): AttachmentKind =>
  isImageType(type) ? "image" : (playable[type] ?? "file");

/** Every type that is shown in place as one of these kinds. */
export const typesOf = (kinds: readonly AttachmentKind[]): string[] =>
  [...imageTypes, ...Object.keys(playable)].filter((type) => kinds.includes(kindOf(type)));

/** Pictures without a place for what a camera notes. */
const plainImages = new Set(["image/bmp", "image/icns", "image/ktx", "image/vnd.dwg", "image/x-icon"]);

/** Whether it is a picture that may tell where and by whom it was taken, and that we cannot make anew. */
export const revealsItsMaker = (type: string): boolean =>
  type.startsWith("image/") && !isImageType(type) && !plainImages.has(type);

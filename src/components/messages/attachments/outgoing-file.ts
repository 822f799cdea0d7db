import { v7 as uuid } from "uuid";
import type { Voice } from "~/shared/attachments";

/** A file on its way. Plain data, as it is kept in the browser's database with its message. */
export interface OutgoingFile {
  /** Made when it is chosen: the upload's name in this browser, before and after a reload. */
  readonly key: string;
  readonly file: File;
  /** How it will most likely be shown; the server has the last word. */
  readonly kind: "image" | "audio" | "video" | "file";
  /** A picture's pixels, upright; null where it is none. */
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** Set: it was recorded here. */
  readonly voice?: Voice;
}

const measurePicture = async (file: File): Promise<OutgoingFile["pixels"]> => {
  if (!/^image\/(jpeg|png|webp|gif)$/.test(file.type)) return null;
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
    });
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src);
  }
};

const playableKind = (type: string): "audio" | "video" | "file" =>
  type.startsWith("audio/") ? "audio" : type.startsWith("video/") ? "video" : "file";

/** Readies a chosen file; pictures are measured, so that their place on screen is known from the start. */
export const toOutgoingFile = async (file: File): Promise<OutgoingFile> => {
  // Before it is measured, which takes one longer than the other: keys are in the order chosen.
  const key = uuid();
  const pixels = await measurePicture(file);
  return { key, file, kind: pixels ? "image" : playableKind(file.type), pixels };
};

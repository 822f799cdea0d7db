import type { Attachment } from "~/shared/attachments";
import type { Row } from "../timeline/rows";
import type { OutgoingFile } from "./outgoing-file";

/** A file as a timeline shows it: one that has arrived, or one on its way, which is shown off this machine. */
export type ShownFile = Pick<Attachment, "name" | "kind" | "size" | "width" | "height" | "blur" | "voice"> & {
  readonly key: string;
  /** Where it is, and where a smaller picture of it; undefined while it is here alone. */
  readonly remote?: { readonly url: string; readonly smallUrl: string };
  readonly local?: File;
};

export type ShownPicture = ShownFile & { readonly width: number; readonly height: number };

export const isPicture = (file: ShownFile): file is ShownPicture =>
  file.kind === "image" && file.width !== null && file.height !== null;

export const fromAttachment = (attachment: Attachment): ShownFile => {
  const { id, url, thumbnailUrl } = attachment;
  return { ...attachment, key: id, remote: { url, smallUrl: thumbnailUrl ?? url } };
};

export const fromOutgoing = ({ key, file, kind, pixels, voice }: OutgoingFile): ShownFile => ({
  key,
  name: file.name,
  kind,
  size: file.size,
  width: pixels?.width ?? null,
  height: pixels?.height ?? null,
  blur: null,
  voice: voice ?? null,
  local: file,
});

/** The files of a message, in their order. */
export const filesOf = ({ message, outgoing }: Pick<Row, "message" | "outgoing">): ShownFile[] =>
  message ? message.attachments.map(fromAttachment) : (outgoing?.files ?? []).map(fromOutgoing);

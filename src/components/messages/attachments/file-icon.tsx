import { File, FileArchive, FileMusic, FileText, FileVideo } from "lucide-react";
import type { Attachment, AttachmentKind } from "~/shared/attachments";

const archive = /\.(zip|gz|7z|rar|tar|xz)$/i;
const text = /\.(txt|md|pdf|docx?|odt|rtf|csv|xlsx?|ods|pptx?|odp)$/i;

const iconFor = (name: string, kind: AttachmentKind) => {
  if (kind === "audio") return FileMusic;
  if (kind === "video") return FileVideo;
  if (archive.test(name)) return FileArchive;
  return text.test(name) ? FileText : File;
};

/** What a file is, at a glance. */
export function FileIcon({ name, kind }: Pick<Attachment, "name" | "kind">) {
  const Icon = iconFor(name, kind);
  return (
    <span
      aria-hidden
      className="grid size-10 shrink-0 place-items-center rounded-control bg-accent/10 text-accent"
    >
      <Icon className="size-5" />
    </span>
  );
}

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { FileIcon } from "./file-icon";
import type { ShownFile } from "./shown-file";
import { useFileSize } from "./use-file-size";

/** A file that is downloaded rather than shown; a press does so. */
export function FileCard({ file, tabIndex }: { file: ShownFile; tabIndex: number }) {
  const t = useTranslations("messages.files");
  const size = useFileSize();
  const { name, kind, remote } = file;
  return (
    <a
      href={remote?.url}
      download={name}
      tabIndex={tabIndex}
      aria-label={t("download", { name })}
      className="flex h-12 w-[300px] max-w-full items-center gap-2.5 rounded-[7px] ps-1 pe-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]"
    >
      <FileIcon name={name} kind={kind} />
      <span className="min-w-0 grow">
        <bdi className="block truncate font-medium text-sm">{name}</bdi>
        <span className="block text-ink-2 text-xs">{size(file.size)}</span>
      </span>
      {remote && <Download aria-hidden className="size-4 shrink-0 text-ink-2" />}
    </a>
  );
}

import { useTranslations } from "next-intl";
import { TrayFile } from "./tray-file";
import type { DraftAttachments } from "./use-draft-files";

/** Above the field: the files that go with what one writes. */
export function FileTray({ files, remove, retry }: DraftAttachments) {
  const t = useTranslations("messages.files");
  return (
    <ul aria-label={t("tray")} className="flex gap-2 overflow-x-auto p-1.5 pb-2.5">
      {files.map((file) => (
        <TrayFile key={file.key} file={file} onRemove={() => remove(file)} onRetry={() => retry(file)} />
      ))}
    </ul>
  );
}

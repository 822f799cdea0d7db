import { useTranslations } from "next-intl";
import type { OutgoingFile } from "./outgoing-file";
import { useBytesSent } from "./use-uploads";

/** A word each quarter: enough to know that it goes on, and not to be talked over. */
const steps = 4;

/** Says aloud, when there is a moment, how far the files of a draft are. */
export function UploadAnnouncer({ files }: { files: readonly OutgoingFile[] }) {
  const t = useTranslations("messages.files");
  const sent = useBytesSent(files.map(({ key }) => key));
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const step = total === 0 ? 0 : Math.floor((sent / total) * steps);
  const count = files.length;
  return (
    <span role="status" className="sr-only">
      {count > 0 &&
        (step < steps
          ? t("announceProgress", { count, percent: (step * 100) / steps })
          : t("announceDone", { count }))}
    </span>
  );
}

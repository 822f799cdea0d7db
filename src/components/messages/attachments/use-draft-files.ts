import { useTranslations } from "next-intl";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { notify } from "~/components/ui/toaster";
import { attachmentMaxBytes, attachmentsPerMessage } from "~/shared/limits";
import type { User } from "~/shared/users";
import { useMessenger } from "../conversation/messenger";
import { type OutgoingFile, toOutgoingFile } from "./outgoing-file";

/** What is attached to a draft, and how to change it. */
export interface DraftAttachments {
  readonly files: readonly OutgoingFile[];
  /** False while there is a file that the server refuses. What is still going up waits in the outbox. */
  readonly sendable: boolean;
  /** Attaches what may be sent, and says why about the rest. */
  add: (chosen: readonly File[]) => void;
  /** Attaches a file that is ready. */
  attach: (file: OutgoingFile) => void;
  remove: (file: OutgoingFile) => void;
  retry: (file: OutgoingFile) => void;
}

/** The files attached to the draft of a room. */
export const useDraftFiles = (roomId: string, me: User): DraftAttachments => {
  const t = useTranslations("messages.files");
  const tErrors = useTranslations("errors");
  const { draftFiles, uploads } = useMessenger(me);
  const read = useCallback(() => draftFiles.of(roomId), [draftFiles, roomId]);
  const files = useSyncExternalStore(draftFiles.subscribe, read, read);
  useEffect(() => {
    // Those of an earlier visit, or another tab.
    for (const file of files) if (!uploads.progress(file.key)) draftFiles.upload(roomId, file);
  }, [roomId, files, uploads, draftFiles]);
  const readSendable = () => files.every(({ key }) => uploads.progress(key)?.failure?.temporary !== false);
  const sendable = useSyncExternalStore(uploads.subscribe, readSendable, () => true);

  const refusalOf = ({ size }: File): "ATTACHMENT_EMPTY" | "ATTACHMENT_TOO_LARGE" | null => {
    if (size === 0) return "ATTACHMENT_EMPTY";
    return size > attachmentMaxBytes ? "ATTACHMENT_TOO_LARGE" : null;
  };

  const add = async (chosen: readonly File[]): Promise<void> => {
    for (const file of chosen) {
      const refusal = refusalOf(file);
      if (refusal) void notify("error", t("refused", { name: file.name, reason: tErrors(refusal) }));
    }
    const ready = await Promise.all(chosen.filter((file) => refusalOf(file) === null).map(toOutgoingFile));
    const room = attachmentsPerMessage - draftFiles.of(roomId).length;
    if (ready.length > room) void notify("error", t("tooMany", { max: attachmentsPerMessage }));
    draftFiles.add(roomId, ready.slice(0, room));
  };

  return {
    files,
    sendable,
    add: (chosen) => void add(chosen),
    attach: (file) => draftFiles.add(roomId, [file]),
    remove: (file) => draftFiles.remove(roomId, file),
    retry: (file) => draftFiles.upload(roomId, file),
  };
};

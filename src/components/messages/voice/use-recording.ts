import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { notify } from "~/components/ui/toaster";
import type { OutgoingFile } from "../attachments/outgoing-file";
import { MicrophoneError } from "./microphone";
import { Recording } from "./recording";

interface RecordingUse {
  /** Takes what was recorded and not sent: nothing that was said is lost by going elsewhere. */
  onKeep: (file: OutgoingFile) => void;
  /** It is over. */
  onClose: () => void;
}

/** Records for as long as the component is on the page. Null until the person lets the browser listen. */
export const useRecording = ({ onKeep, onClose }: RecordingUse): Recording | null => {
  const t = useTranslations("messages.voice");
  const [recording, setRecording] = useState<Recording | null>(null);

  const keep = useEffectEvent(async (take: Recording, word?: string) => {
    const file = await take.finish();
    if (!file) return;
    onKeep(file);
    if (word) void notify("success", word);
  });
  // It is as long as may be, or the microphone is gone; else it is finished already, and nothing is left to keep.
  const end = useEffectEvent((take: Recording) => void keep(take, t("ended")).then(onClose));
  const fail = useEffectEvent((error: unknown) => {
    void notify("error", t(`trouble.${error instanceof MicrophoneError ? error.trouble : "failed"}`));
    onClose();
  });

  useEffect(() => {
    let isHere = true;
    let begun: Recording | null = null;
    Recording.begin().then(
      (take) => {
        if (!isHere) return take.cancel();
        begun = take;
        setRecording(take);
        void take.ended.then(() => isHere && end(take));
      },
      (error: unknown) => {
        if (isHere) fail(error);
      },
    );
    // A page that is closed takes with it what was said: the browser asks.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
      isHere = false;
      if (begun) void keep(begun);
    };
  }, []);

  return recording;
};

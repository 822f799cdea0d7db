import { ArrowRight, Square, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { clockText } from "~/i18n/clock-text";
import type { OutgoingFile } from "../attachments/outgoing-file";
import type { Press, PressState } from "./press";
import type { Recording, RecordingProgress } from "./recording";
import { useRecording } from "./use-recording";
import { Waveform } from "./waveform";

const unbegun: RecordingProgress = { elapsedMs: 0, lately: [] };
const never = () => () => undefined;
const byKey = (): PressState => "clicked";

/** How long it is, and how loud it was in the last seconds. */
function Progress({ recording }: { recording: Recording | null }) {
  const t = useTranslations("messages.voice");
  const read = () => recording?.progress() ?? unbegun;
  const { elapsedMs, lately } = useSyncExternalStore(recording?.subscribe ?? never, read, read);
  return (
    <>
      <span role="timer" className="flex shrink-0 items-center gap-2 ps-1 font-medium text-sm tabular-nums">
        <span aria-hidden className="size-2.5 animate-pulse rounded-full bg-danger" />
        {clockText(elapsedMs / 1000)}
      </span>
      {recording ? (
        <div className="flex h-7 min-w-0 flex-1 justify-end overflow-hidden">
          <Waveform
            peaks={lately}
            className="h-full shrink-0 text-accent"
            style={{ width: lately.length * 4 }}
          />
        </div>
      ) : (
        <span className="min-w-0 flex-1 truncate text-ink-2 text-sm">{t("asking")}</span>
      )}
    </>
  );
}

interface VoiceRecorderProps {
  /** The press that began it; null for a key. */
  press: Press | null;
  onSend: (file: OutgoingFile) => void;
  /** Takes what was recorded and is not sent yet. */
  onKeep: (file: OutgoingFile) => void;
  onClose: () => void;
}

/** In the composer's place while one speaks. */
export function VoiceRecorder({ press, onSend, onKeep, onClose }: VoiceRecorderProps) {
  const t = useTranslations("messages");
  const recording = useRecording({ onKeep, onClose });
  const sendButton = useRef<HTMLButtonElement>(null);
  useEffect(() => sendButton.current?.focus({ preventScroll: true }), []);

  const cancel = (): void => {
    recording?.cancel();
    onClose();
  };
  const finish = async (use: (file: OutgoingFile) => void): Promise<void> => {
    const file = await recording?.finish();
    if (file) use(file);
    onClose();
  };
  const pressed = useSyncExternalStore(press?.subscribe ?? never, press?.state ?? byKey, byKey);
  const follow = useEffectEvent(() => {
    // Let go before it has begun: the hands were needed to answer the browser.
    if (pressed === "released" && recording) void finish(onSend);
    if (pressed === "takenBack") cancel();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the press is followed once
  useEffect(() => follow(), [pressed]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    cancel();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls of a form
    <div
      role="group"
      aria-label={t("voice.recording")}
      onKeyDown={onKeyDown}
      className="flex items-center gap-1.5"
    >
      <span role="status" className="sr-only">
        {recording && t("voice.recording")}
      </span>
      <IconButton label={t("voice.cancel")} onClick={cancel} tooltip={{ side: "top", align: "start" }}>
        <Trash2 aria-hidden className={pressed === "away" ? "text-danger" : undefined} />
      </IconButton>
      <Progress recording={recording} />
      {recording && (pressed === "held" || pressed === "away") ? (
        <span className="shrink-0 px-1 text-ink-2 text-sm max-sm:text-xs">
          {t(pressed === "away" ? "voice.letGoToCancel" : "voice.letGoToSend")}
        </span>
      ) : (
        <IconButton
          label={t("voice.stop")}
          disabled={!recording}
          onClick={() => void finish(onKeep)}
          tooltip={{ side: "top" }}
        >
          <Square aria-hidden />
        </IconButton>
      )}
      <IconButton
        ref={sendButton}
        label={t("send")}
        variant="primary"
        aria-disabled={!recording}
        onClick={() => recording && void finish(onSend)}
        tooltip={{ side: "top", align: "end" }}
        className="rounded-[9px] aria-disabled:opacity-50"
      >
        <ArrowRight aria-hidden className="rtl:rotate-180" />
      </IconButton>
    </div>
  );
}

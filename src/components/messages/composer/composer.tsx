import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { messageBodyMaxLength } from "~/shared/limits";
import type { RoomSummary } from "~/shared/rooms";
import type { User } from "~/shared/users";
import { AttachButton, CameraButton } from "../attachments/attach-buttons";
import { FileTray } from "../attachments/file-tray";
import type { OutgoingFile } from "../attachments/outgoing-file";
import { UploadAnnouncer } from "../attachments/upload-announcer";
import type { DraftAttachments } from "../attachments/use-draft-files";
import type { Press } from "../voice/press";
import { RecordButton, useCanRecord } from "../voice/record-button";
import { VoiceRecorder } from "../voice/voice-recorder";
import { CharactersLeft } from "./characters-left";
import { CompletionList } from "./completion/completion-list";
import { useCompletion } from "./completion/use-completion";
import { ComposerAim } from "./composer-aim";
import { ComposerEmoji } from "./composer-emoji";
import type { Composing } from "./composing";
import { SendButton } from "./send-button";

/** On a touch keyboard Enter breaks the line, because there is no other key for it. */
const isTouch = (): boolean => window.matchMedia("(hover: none) and (pointer: coarse)").matches;

/** Shared by the field and the text that measures it. */
const textBox =
  "wrap-anywhere col-start-1 row-start-1 min-h-9 whitespace-pre-wrap px-2.5 py-[7px] pointer-coarse:min-h-10 pointer-coarse:py-[9px]";

interface ComposerProps {
  room: RoomSummary;
  me: User;
  field: RefObject<HTMLTextAreaElement | null>;
  composing: Composing;
  attachments: DraftAttachments;
  /** Takes what is written, trimmed. */
  onSubmit: (body: string) => void;
  /** Takes a voice message. */
  onSpeak: (file: OutgoingFile) => void;
  /** The up arrow in an empty field. Returns whether there is a message to correct. */
  onEditLast: () => boolean;
}

/** Where one writes. It never turns off: what cannot be sent now waits in the outbox. */
export function Composer({ room, me, field, composing, attachments, ...props }: ComposerProps) {
  const { onSubmit, onSpeak, onEditLast } = props;
  const t = useTranslations("messages");
  const [recording, setRecording] = useState<{ press: Press | null } | null>(null);
  const { aim, text, setText, leaveAim } = composing;
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  const counterId = useId();
  const completion = useCompletion({ roomId: room.id, myId: me.id, hasPeople: room.kind === "group" }, field);
  const body = text.trim();
  const left = messageBodyMaxLength - [...body].length;
  const editing = aim.type === "edit";
  const hasFiles = !editing && attachments.files.length > 0;
  const speakable = useCanRecord() && text === "" && !hasFiles && !editing;
  const sendable = (body !== "" || hasFiles) && left >= 0 && (!hasFiles || attachments.sendable);

  useEffect(() => {
    if (!recording && !isTouch()) field.current?.focus({ preventScroll: true });
  }, [field, recording]);

  const submit = (): void => {
    if (!sendable) return;
    sentAt.current = performance.now();
    onSubmit(body);
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method composes, Enter chooses a character (229: Safari, which ends the composition first).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (completion.onKeyDown(event)) {
      event.preventDefault();
      return;
    }
    const plainKey = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    if (event.key === "Enter" && !event.shiftKey && !isTouch()) submit();
    else if (event.key === "Escape" && aim.type !== "message") leaveAim();
    else if (event.key !== "ArrowUp" || !plainKey || text !== "" || !onEditLast()) return;
    event.preventDefault();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="relative mx-4 mb-4 rounded-field border border-line-strong bg-raised p-[5px] focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)] max-sm:mx-2 max-sm:mb-2.5"
    >
      <CompletionList {...completion.list} onChoose={completion.choose} />
      {aim.type !== "message" && <ComposerAim aim={aim} onLeave={leaveAim} />}
      {hasFiles && <FileTray {...attachments} />}
      <UploadAnnouncer files={attachments.files} />
      {recording && (
        <VoiceRecorder
          {...recording}
          onSend={(file) => {
            sentAt.current = performance.now();
            onSpeak(file);
          }}
          onKeep={attachments.attach}
          onClose={() => setRecording(null)}
        />
      )}
      <div className={clsx("flex items-end gap-0.5", recording && "hidden")}>
        {!editing && <AttachButton onChoose={attachments.add} />}
        <div className="grid max-h-[40dvh] flex-1 overflow-hidden">
          {/* The same text unseen gives the field its height, with no measuring that would move what is above. */}
          <div aria-hidden className={clsx(textBox, "invisible overflow-hidden")}>{`${text}\u200b`}</div>
          <textarea
            ref={field}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            {...completion.props}
            onPaste={(event) => {
              const files = [...event.clipboardData.files];
              if (files.length === 0 || editing) return;
              event.preventDefault();
              attachments.add(files);
            }}
            rows={1}
            dir="auto"
            aria-label={t("composer", { name: room.title ?? room.peer?.displayName ?? "" })}
            aria-describedby={counterId}
            aria-invalid={left < 0}
            placeholder={t("placeholder")}
            className={clsx(textBox, "resize-none bg-transparent outline-none placeholder:text-ink-3")}
          />
        </div>
        <CharactersLeft id={counterId} left={left} />
        <ComposerEmoji field={field} />
        {text === "" && !editing && <CameraButton onChoose={attachments.add} />}
        {speakable ? (
          <RecordButton sentAt={sentAt} onRecord={(press) => setRecording({ press })} />
        ) : (
          <SendButton editing={editing} sendable={sendable} />
        )}
      </div>
    </form>
  );
}

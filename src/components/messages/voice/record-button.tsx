import { Mic } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useSyncExternalStore } from "react";
import { IconButton } from "~/components/ui/icon-button";
import { recordingFormat } from "./microphone";
import { Press } from "./press";

const never = () => () => undefined;

/** Whether this browser can record here at all; whether it may is asked when somebody wants to. */
export const useCanRecord = (): boolean =>
  useSyncExternalStore(
    never,
    () => recordingFormat() !== undefined,
    () => false,
  );

/** A tap this soon after something was sent was the second one on the button that sent it. Milliseconds. */
const settleMs = 350;

interface RecordButtonProps {
  /** When something was last sent from here, as `performance.now()` counts. */
  sentAt: RefObject<number>;
  onRecord: (press: Press | null) => void;
}

/** Begins a voice message: a click, or a press that lasts as long as one speaks. */
export function RecordButton({ sentAt, onRecord }: RecordButtonProps) {
  const t = useTranslations("messages.voice");
  const byMouse = useRef(false);
  return (
    <IconButton
      label={t("record")}
      onPointerDown={({ pointerType, nativeEvent }) => {
        byMouse.current = pointerType === "mouse";
        if (byMouse.current || nativeEvent.timeStamp - sentAt.current < settleMs) return;
        onRecord(new Press(nativeEvent));
      }}
      onMouseDown={(event) => {
        const { button, detail, nativeEvent } = event;
        // What opens in this one's place takes the focus.
        event.preventDefault();
        // The second press of a double click counts as such, whatever stood here at the first.
        if (byMouse.current && button === 0 && detail === 1) onRecord(new Press(nativeEvent));
      }}
      onClick={({ detail }) => {
        // By key: a pointer has been here before.
        if (detail === 0) onRecord(null);
      }}
      onContextMenu={(event) => event.preventDefault()}
      tooltip={{ side: "top", align: "end" }}
      className="touch-none select-none [-webkit-touch-callout:none]"
    >
      <Mic aria-hidden />
    </IconButton>
  );
}

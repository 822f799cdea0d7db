/** Why there is nothing to record from. */
export type MicrophoneTrouble = "refused" | "missing" | "busy" | "failed";

export class MicrophoneError extends Error {
  override readonly name = "MicrophoneError";
  readonly trouble: MicrophoneTrouble;

  constructor(trouble: MicrophoneTrouble, cause?: unknown) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

/** By the names that browsers give their errors. */
const troubles: Record<string, MicrophoneTrouble> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Opus where the browser has it: speech at a few kilobytes a second. Safari used to record AAC alone. */
const formats = [
  { type: "audio/webm;codecs=opus", extension: "webm" },
  { type: "audio/ogg;codecs=opus", extension: "ogg" },
  { type: "audio/mp4", extension: "m4a" },
] as const;
export type RecordingFormat = (typeof formats)[number];

/** What this browser records; undefined where it records nothing, as on pages without HTTPS. */
export const recordingFormat = (): RecordingFormat | undefined => {
  if (!("mediaDevices" in navigator) || typeof MediaRecorder === "undefined") return undefined;
  return formats.find(({ type }) => MediaRecorder.isTypeSupported(type));
};

/**
 * Opens the microphone; the first time the browser asks the person whether it may.
 *
 * @throws MicrophoneError
 */
export const openMicrophone = async (): Promise<MediaStream> => {
  const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new MicrophoneError(troubles[error instanceof Error ? error.name : ""] ?? "failed", error);
  }
};

/** Lets it go: the browser's sign that it listens goes out. */
export const closeMicrophone = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

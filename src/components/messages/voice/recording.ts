import { v7 as uuid } from "uuid";
import type { Voice } from "~/shared/attachments";
import { voiceMaxSeconds } from "~/shared/limits";
import type { OutgoingFile } from "../attachments/outgoing-file";
import {
  closeMicrophone,
  MicrophoneError,
  openMicrophone,
  type RecordingFormat,
  recordingFormat,
} from "./microphone";
import { type Level, loudnessOf, peaksOf } from "./peaks";

/** How often it is measured how loud it is. Each measure looks back about as far. Milliseconds. */
const measureEvery = 50;
const samplesPerMeasure = 2048;
/** What is told of how loud it was lately: as far back as the widest composer shows. */
const measuresTold = 240;
/** Speech, clear. */
const bitsPerSecond = 32_000;

/** How far a recording is. A new object with every measure. */
export interface RecordingProgress {
  readonly elapsedMs: number;
  /** How loud it was lately, 0 to 100, the last at the end. */
  readonly lately: readonly number[];
}

/** A recording under way, from the microphone to a file. */
export class Recording {
  readonly #stream: MediaStream;
  readonly #format: RecordingFormat;
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(samplesPerMeasure);
  readonly #startedAt = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #listeners = new Set<() => void>();
  readonly #ended: Promise<void>;
  readonly #levels: Level[] = [];
  #progress: RecordingProgress = { elapsedMs: 0, lately: [] };
  #isTaken = false;

  private constructor(stream: MediaStream, format: RecordingFormat) {
    this.#stream = stream;
    this.#format = format;
    this.#analyser.fftSize = samplesPerMeasure;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    this.#recorder = new MediaRecorder(stream, {
      mimeType: format.type,
      audioBitsPerSecond: bitsPerSecond,
    });
    this.#recorder.ondataavailable = ({ data }) => this.#parts.push(data);
    this.#ended = new Promise((resolve) => {
      this.#recorder.onstop = () => resolve();
    });
    this.#recorder.start();
    this.#timer = setInterval(() => this.#measure(), measureEvery);
  }

  /**
   * Begins to record, once the person lets the browser listen.
   *
   * @throws MicrophoneError
   */
  static async begin(): Promise<Recording> {
    const format = recordingFormat();
    if (!format) throw new MicrophoneError("failed");
    const stream = await openMicrophone();
    try {
      return new Recording(stream, format);
    } catch (error) {
      closeMicrophone(stream);
      throw new MicrophoneError("failed", error);
    }
  }

  /** Resolves when nothing more is recorded: it was stopped, it is as long as may be, or the microphone is gone. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  readonly progress = (): RecordingProgress => this.#progress;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Ends it. Resolves to what can be sent; null where nothing was recorded, and from the second call on. */
  async finish(): Promise<OutgoingFile | null> {
    if (this.#isTaken) return null;
    this.#isTaken = true;
    this.#measure();
    this.#stop();
    await this.#ended;
    if (this.#parts.every(({ size }) => size === 0)) return null;
    const durationMs = Math.min(Math.max(1, Math.round(this.#progress.elapsedMs)), voiceMaxSeconds * 1000);
    const voice: Voice = { durationMs, peaks: peaksOf(this.#levels, durationMs) };
    const { type, extension } = this.#format;
    const moment = new Date().toISOString().slice(0, 19).replaceAll(":", ".");
    const file = new File(this.#parts, `voice-${moment}.${extension}`, { type });
    return { key: uuid(), file, kind: "audio", pixels: null, voice };
  }

  /** Ends it, and keeps nothing. */
  cancel(): void {
    this.#isTaken = true;
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    closeMicrophone(this.#stream);
    void this.#context.close().catch(() => undefined);
  }

  #measure(): void {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const elapsedMs = performance.now() - this.#startedAt;
    this.#levels.push({ atMs: elapsedMs, loudness: loudnessOf(this.#samples) });
    this.#progress = {
      elapsedMs,
      lately: this.#levels.slice(-measuresTold).map(({ loudness }) => loudness),
    };
    for (const listener of [...this.#listeners]) listener();
    // By itself it ends when the microphone is gone.
    if (this.#recorder.state === "inactive" || elapsedMs >= voiceMaxSeconds * 1000) this.#stop();
  }
}

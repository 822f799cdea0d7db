/** A sound that can be played. */
export interface Track {
  /** Tells it from all others. */
  readonly key: string;
  readonly src: string;
}

/** How far a track is. A new object with every change. */
export interface TrackState {
  readonly playing: boolean;
  readonly seconds: number;
  /** How long its file says it is; null until it has been asked, and where it does not know. */
  readonly length: number | null;
  /** It could not be played. */
  readonly failed: boolean;
}

const untouched: TrackState = { playing: false, seconds: 0, length: null, failed: false };

/** What the button for the speed goes through. */
const speeds = [1, 1.5, 2] as const;

/** The one thing that sounds on this page. Tracks go on while their row is scrolled out of the page. */
class Playback {
  #element: HTMLAudioElement | null = null;
  #track: Track | null = null;
  /** What plays outside of it, such as a video. */
  #other: HTMLMediaElement | null = null;
  #speed: (typeof speeds)[number] = 1;
  readonly #states = new Map<string, TrackState>();
  readonly #listeners = new Set<() => void>();

  readonly stateOf = (key: string): TrackState => this.#states.get(key) ?? untouched;
  readonly speed = (): number => this.#speed;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Plays a track from where it was left, or pauses it. */
  toggle(track: Track): void {
    if (this.stateOf(track.key).playing) this.pause();
    else this.#play(track);
  }

  seek(track: Track, seconds: number): void {
    if (this.#track?.key === track.key && this.#element) this.#element.currentTime = seconds;
    this.#set(track.key, { seconds });
  }

  pause(): void {
    this.#element?.pause();
  }

  /** Silences everything else for an element that plays by itself. */
  yieldTo(element: HTMLMediaElement): void {
    if (this.#other !== element) this.#other?.pause();
    this.#other = element;
    this.pause();
  }

  /** Ends a track that cannot be played any more. */
  forget(key: string): void {
    if (this.#track?.key === key) this.pause();
    this.#states.delete(key);
  }

  nextSpeed(): void {
    this.#speed = speeds[(speeds.indexOf(this.#speed) + 1) % speeds.length] ?? 1;
    if (this.#element) this.#element.playbackRate = this.#speed;
    this.#tell();
  }

  #play(track: Track): void {
    const audio = this.#load(track);
    if (this.stateOf(track.key).failed) audio.load();
    this.#other?.pause();
    audio.play().catch((error: unknown) => {
      // A pause before it began to sound is no failure.
      const failed = !(error instanceof DOMException && error.name === "AbortError");
      this.#set(track.key, { playing: false, failed });
    });
  }

  #load(track: Track): HTMLAudioElement {
    this.#element ??= this.#listenTo(new Audio());
    if (this.#track?.key === track.key && this.#track.src === track.src) return this.#element;
    this.pause();
    if (this.#track) this.#set(this.#track.key, { playing: false });
    this.#track = track;
    this.#element.src = track.src;
    this.#element.currentTime = this.stateOf(track.key).seconds;
    // A new source has the default.
    this.#element.playbackRate = this.#speed;
    return this.#element;
  }

  #listenTo(audio: HTMLAudioElement): HTMLAudioElement {
    const note = (change: Partial<TrackState>) => this.#track && this.#set(this.#track.key, change);
    audio.onplay = () => note({ playing: true, failed: false });
    audio.onpause = () => {
      // Played to its end it is where it began; led there by hand it stays.
      if (audio.ended) audio.currentTime = 0;
      note({ playing: false, seconds: audio.currentTime });
    };
    audio.ontimeupdate = () => note({ seconds: audio.currentTime });
    // A recorder of some browsers writes no length: infinite, then.
    audio.ondurationchange = () => note({ length: Number.isFinite(audio.duration) ? audio.duration : null });
    audio.onerror = () => note({ playing: false, failed: true });
    return audio;
  }

  #set(key: string, change: Partial<TrackState>): void {
    this.#states.set(key, { ...this.stateOf(key), ...change });
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The page's one. */
export const playback = new Playback();

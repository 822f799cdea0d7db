/** Hertz: a fourth, upwards. */
const notes = [659, 880];
const noteSeconds = 0.12;
/** Messages that come together make one sound. Milliseconds. */
const pauseMs = 1_500;

let context: AudioContext | undefined;
let lastAt = Number.NEGATIVE_INFINITY;

/** Two short soft notes. */
export const chime = (): void => {
  // Before anybody has touched the page browsers let nothing sound, and complain.
  if (!navigator.userActivation?.hasBeenActive || performance.now() - lastAt < pauseMs) return;
  lastAt = performance.now();
  context ??= new AudioContext();
  void context.resume();
  for (const [index, frequency] of notes.entries()) {
    const start = context.currentTime + index * noteSeconds;
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 3 * noteSeconds);
    const note = new OscillatorNode(context, { frequency });
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + 3 * noteSeconds);
  }
};

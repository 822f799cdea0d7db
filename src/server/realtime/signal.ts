/** Wakes whoever waits, and remembers it for whoever comes to wait next: nothing that happens in between is lost. */
export class Signal {
  #raised = false;
  #wakeUp: (() => void) | null = null;

  raise(): void {
    this.#raised = true;
    this.#wakeUp?.();
  }

  /** Resolves once raised since the last wait, or when `abort` ends it. For one waiter at a time. */
  async wait(abort: AbortSignal): Promise<void> {
    if (!this.#raised && !abort.aborted) {
      const { promise, done } = wakeable(abort);
      this.#wakeUp = done;
      await promise;
    }
    this.#wakeUp = null;
    this.#raised = false;
  }
}

/** A promise that `done` or the signal resolves. It leaves no listener behind on a signal that lives for hours. */
const wakeable = (abort: AbortSignal): { promise: Promise<void>; done: () => void } => {
  let done = () => {};
  const promise = new Promise<void>((resolve) => {
    done = () => {
      abort.removeEventListener("abort", done);
      resolve();
    };
    abort.addEventListener("abort", done, { once: true });
  });
  return { promise, done };
};

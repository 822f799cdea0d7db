/** Lets `permits` pieces of work run at a time; the others wait their turn, first come, first served. */
export class Semaphore {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    try {
      return await work();
    } finally {
      // Handed on, not put back: nobody who comes in between overtakes the line.
      const next = this.#line.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** Let go sooner than this, it was a click. Milliseconds. */
const clickMs = 400;
/** Let go further away than this, it is taken back. Pixels. */
const awayFrom = 96;

/**
 * `held`: it lasts; `away`: letting go now takes it back. Then how it ended: as a `clicked` one, after which one's hands are
 * free; `released` in place after a while; `takenBack`, let go elsewhere.
 */
export type PressState = "held" | "away" | "clicked" | "released" | "takenBack";

/** A press on a button that can be held, followed to its end wherever that is: its button may be gone by then. */
export class Press {
  readonly #from: { x: number; y: number; at: number };
  readonly #end = new AbortController();
  readonly #listeners = new Set<() => void>();
  #state: PressState = "held";

  constructor({
    clientX: x,
    clientY: y,
    timeStamp: at,
  }: Pick<PointerEvent, "clientX" | "clientY" | "timeStamp">) {
    this.#from = { x, y, at };
    const { signal } = this.#end;
    const listen = (type: "pointermove" | "pointerup" | "pointercancel", on: (event: PointerEvent) => void) =>
      window.addEventListener(type, on, { signal });
    listen("pointermove", (event) => this.#move(event));
    listen("pointerup", (event) => this.#release(event));
    // The system took the pointer for something else: nothing was decided.
    listen("pointercancel", () => this.#set("clicked"));
  }

  readonly state = (): PressState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #move(event: PointerEvent): void {
    // The browser's question, whether the page may listen, swallows the end of a press.
    if (event.buttons === 0) this.#set("clicked");
    else this.#set(this.#isAway(event) ? "away" : "held");
  }

  #release(event: PointerEvent): void {
    if (event.timeStamp - this.#from.at < clickMs) this.#set("clicked");
    else this.#set(this.#isAway(event) ? "takenBack" : "released");
  }

  #isAway({ clientX, clientY }: PointerEvent): boolean {
    return Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > awayFrom;
  }

  #set(state: PressState): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state !== "held" && state !== "away") this.#end.abort();
    for (const listener of [...this.#listeners]) listener();
  }
}

import type { Message } from "~/shared/messages";

/** What somebody sees of a room. It shows what it is given, and remembers whatever a person would have seen go wrong. */
export class Screen {
  /** In the order shown. */
  readonly shown: Pick<Message, "id" | "seq" | "body">[] = [];
  /** When each message was first shown, by its id. */
  readonly shownAt = new Map<string, number>();
  readonly #revs = new Map<string, number>();
  rev = 0;
  /** Changes that were known already. Harmless, and a measure of wasted work. */
  repeats = 0;
  /** A message that came before the one it follows. */
  holes = 0;
  /** A message that came after one that follows it. */
  inversions = 0;

  readonly show = ({ id, seq, rev, body }: Message): void => {
    this.rev = Math.max(this.rev, rev);
    const known = this.#revs.get(id);
    if (known !== undefined && known >= rev) {
      this.repeats += 1;
      return;
    }
    this.#revs.set(id, rev);
    this.shownAt.set(id, this.shownAt.get(id) ?? performance.now());
    const last = this.lastSeq;
    const message = { id, seq, body };
    if (seq === last + 1) {
      this.shown.push(message);
      return;
    }
    if (seq > last) this.holes += 1;
    else this.inversions += 1;
    const at = this.shown.findIndex((other) => other.seq > seq);
    this.shown.splice(at === -1 ? this.shown.length : at, 0, message);
  };

  get lastSeq(): number {
    return this.shown.at(-1)?.seq ?? 0;
  }
}

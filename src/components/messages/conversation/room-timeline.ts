import type { KeptRoom } from "~/browser/kept-account";
import type { Message, MessagePage } from "~/shared/messages";
import { addRange, rangeAt, type SeqRange, type SeqRanges } from "./seq-ranges";

/** What a page was asked for: below `before`, above `after`, or, with neither, the newest. */
export interface PageRequest {
  readonly before?: number;
  readonly after?: number;
}

/** The messages on show: an unbroken stretch of the room, in order. */
export interface TimelineWindow {
  readonly messages: readonly Message[];
  /** Ask for the page `before` this; null when nothing is older. */
  readonly olderBefore: number | null;
  /** Ask for the page `after` this; null when the window reaches the present. */
  readonly newerAfter: number | null;
}

/**
 * What one page says about seqs. It speaks for the seqs between its messages too: one that is missing there is not for
 * this viewer. Seq 0 stands for the room's beginning.
 */
const coveredBy = ({ before, after }: PageRequest, page: MessagePage): SeqRange => {
  const complete = page.nextCursor === null;
  if (after !== undefined) {
    return {
      from: after === 0 ? 0 : after + 1,
      to: complete ? page.lastSeq : (page.items.at(-1)?.seq ?? after),
    };
  }
  const to = before === undefined ? page.lastSeq : before - 1;
  return { from: complete ? 0 : (page.items[0]?.seq ?? to + 1), to };
};

/**
 * One room's messages, as far as they are known here. Everything that arrives is the present state of a message, so
 * what is kept is a join: the newest `rev` of each message and the union of the seqs that are spoken for. Pages and
 * changes can come in any order, twice, or with states skipped in between, and the outcome is the same.
 */
export class RoomTimeline {
  readonly #bySeq = new Map<number, Message>();
  #known: SeqRanges = [];
  /** A seq of the stretch on show. Stretches only grow, so that it names the same one for ever. */
  #shown: number;
  /** How far the stream has come: every change up to `rev`, and so every message up to `seq` that is later than the first page. */
  #cursor: { rev: number; seq: number };
  #window: TimelineWindow | null = null;

  /** Begins with the first page; the stream goes on from its `rev`. */
  constructor(request: PageRequest, page: MessagePage) {
    this.#cursor = { rev: page.rev, seq: page.lastSeq };
    this.#shown = coveredBy(request, page).to;
    this.addPage(request, page);
  }

  /** The room's change number to subscribe from. */
  get rev(): number {
    return this.#cursor.rev;
  }

  /** The newest seq that the stream has told of. */
  get lastSeq(): number {
    return this.#cursor.seq;
  }

  /** The stretch on show; the same object until something in it changes. */
  get window(): TimelineWindow {
    this.#window ??= this.#look();
    return this.#window;
  }

  /** Adds a page of history, asked for after the first one. */
  addPage(request: PageRequest, page: MessagePage): void {
    for (const message of page.items) this.#put(message);
    this.#learn(coveredBy(request, page));
  }

  /** Adds a page and moves the window to it. */
  moveTo(request: PageRequest, page: MessagePage): void {
    this.addPage(request, page);
    this.#shown = coveredBy(request, page).to;
    this.#window = null;
  }

  /** The next change of the stream. */
  applyChange(message: Message): void {
    this.#put(message);
    const { rev, seq } = this.#cursor;
    // In the stream messages come in the order of their seqs, so none is missing between the last one and this.
    this.#learn({ from: seq + 1, to: message.seq });
    this.#cursor = { rev: Math.max(rev, message.rev), seq: Math.max(seq, message.seq) };
  }

  /** A message known from elsewhere, such as the answer to a send. It says nothing about its neighbours. */
  applyMessage(message: Message): void {
    this.#put(message);
    this.#learn({ from: message.seq, to: message.seq });
  }

  /** Shows every message as `refresh` makes it: the same one where nothing about it has changed. */
  refresh(refresh: (message: Message) => Message): void {
    for (const [seq, message] of this.#bySeq) {
      const refreshed = refresh(message);
      if (refreshed === message) continue;
      this.#bySeq.set(seq, refreshed);
      this.#window = null;
    }
  }

  /** The message with this seq, on show or not; undefined if it is not known here. */
  messageAt(seq: number): Message | undefined {
    return this.#bySeq.get(seq);
  }

  /** Whether the message with this seq is on show. */
  shows(seq: number): boolean {
    const { from, to } = this.#range();
    return from <= seq && seq <= to;
  }

  /**
   * What can be kept of it: the newest `limit` messages of the stretch that reaches the present, or of the one on show where
   * there is none. Begun anew with that page, asked for `after` this, the timeline goes on from here.
   */
  toKept(limit: number): KeptRoom {
    const { rev, seq: lastSeq } = this.#cursor;
    const { from, to } = rangeAt(this.#known, lastSeq) ?? this.#range();
    const messages = this.#between(from, to);
    const items = messages.slice(-limit);
    const first = messages.length > limit ? (items[0]?.seq ?? to) : from;
    const nextCursor = to < lastSeq ? to : null;
    return { after: Math.max(0, first - 1), page: { items, rev, lastSeq, nextCursor } };
  }

  #put(message: Message): void {
    const present = this.#bySeq.get(message.seq);
    if (present && present.rev >= message.rev) return;
    this.#bySeq.set(message.seq, message);
    if (this.shows(message.seq)) this.#window = null;
  }

  #learn(range: SeqRange): void {
    const known = addRange(this.#known, range);
    if (known === this.#known) return;
    this.#known = known;
    this.#window = null;
  }

  #range(): SeqRange {
    return rangeAt(this.#known, this.#shown) ?? { from: this.#shown + 1, to: this.#shown };
  }

  #look(): TimelineWindow {
    const { from, to } = this.#range();
    return {
      messages: this.#between(from, to),
      olderBefore: from > 0 ? from : null,
      newerAfter: to < this.#cursor.seq ? to : null,
    };
  }

  #between(from: number, to: number): Message[] {
    const messages: Message[] = [];
    for (let seq = from; seq <= to; seq++) {
      const message = this.#bySeq.get(seq);
      if (message && !message.hidden) messages.push(message);
    }
    return messages;
  }
}

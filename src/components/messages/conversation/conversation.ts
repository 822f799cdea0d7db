import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";
import type { ErrorReason } from "~/shared/errors";
import type { Message, MessagePage } from "~/shared/messages";
import { profiles } from "~/trpc/profiles";
import { failureOf } from "../outbox/failure";
import { Pause } from "../outbox/pause";
import { Turns } from "../outbox/turns";
import { type ConversationState, unopened } from "./conversation-state";
import { around, firstRequest, isStale, type ReadPosition } from "./first-request";
import { type History, keepSoon } from "./history";
import { PendingChanges } from "./pending-changes";
import { streamRoom } from "./room-stream";
import { type PageRequest, RoomTimeline, type TimelineWindow } from "./room-timeline";
import { throttle } from "./throttle";
import { untilAnswered } from "./until-answered";

/** One frame: a burst of changes is drawn once. Milliseconds. */
const frame = 16;

/** What of the page around it a conversation needs. */
interface Surroundings {
  history: History;
  /** The connection is there, or there again. */
  onConnected: () => void;
}

/** One room as the screen shows it: its timeline, the pages under way, and the live stream while somebody looks. */
export class Conversation {
  readonly roomId: string;
  readonly #client: TRPCClient<AppRouter>;
  readonly #page: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #pause = new Pause();
  readonly #changed = throttle(() => this.#refresh(), frame);
  readonly #keepSoon: () => void;
  readonly #pending = new PendingChanges();
  readonly #turns = new Turns();
  /** Seqs that were looked up and that no message has, for this viewer. */
  readonly #missing = new Set<number>();
  #timeline: RoomTimeline | null = null;
  #state: ConversationState = unopened;
  /** Somebody looks at this room. */
  #open = false;
  #opening = false;
  #moves = 0;
  #stopStream: (() => void) | null = null;

  constructor(client: TRPCClient<AppRouter>, roomId: string, page: Surroundings) {
    this.#client = client;
    this.roomId = roomId;
    this.#page = page;
    this.#keepSoon = keepSoon(page.history, roomId, () => this.#timeline);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  readonly getState = (): ConversationState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Loads the room around `at`, or where one left off, and listens to it. Returns what ends the listening; the messages
   * stay.
   */
  open(room: ReadPosition, at: number | null = null): () => void {
    this.#open = true;
    void this.#start(room, at);
    return () => {
      this.#open = false;
      this.#stopStream?.();
      this.#stopStream = null;
      this.#pause.cut();
    };
  }

  /** Tries at once what waits for its next try. */
  retry(): void {
    this.#pause.cut();
  }

  /** @param beforeShown called when the page has come, right before it is shown */
  async loadOlder(beforeShown?: () => void): Promise<void> {
    const before = this.#state.window.olderBefore;
    if (this.#state.older !== "idle" || before === null) return;
    const page = await this.#load({ before }, (older) => this.#set({ older }));
    beforeShown?.();
    if (page) this.#timeline?.addPage({ before }, page);
    this.#set({ older: "idle" });
  }

  async loadNewer(): Promise<void> {
    const after = this.#state.window.newerAfter;
    if (this.#state.newer !== "idle" || after === null) return;
    const page = await this.#load({ after }, (newer) => this.#set({ newer }));
    if (page) this.#timeline?.addPage({ after }, page);
    this.#set({ newer: "idle" });
  }

  /** Moves the window to the newest messages, if it is not there. */
  async showNewest(): Promise<void> {
    if (this.#state.window.newerAfter !== null) await this.#moveTo({}, null);
  }

  /** Brings a message on screen, with the window around it. */
  async showAt(seq: number): Promise<void> {
    const target = { seq };
    if (this.shows(seq)) this.#set({ target });
    else await this.#moveTo(around(seq), target);
  }

  /**
   * Changes a message: it looks as `guess` says until the server has answered, and then as the server says. Changes go out
   * one after the other. Rejects as `call` does.
   */
  async change(
    seq: number,
    guess: (message: Message) => Message,
    call: () => Promise<Message>,
  ): Promise<void> {
    const settle = this.#pending.add(seq, guess);
    this.#set({});
    try {
      this.#timeline?.applyMessage(await this.#turns.take("change", call));
    } finally {
      settle();
      this.#set({});
    }
  }

  /** A message by its seq, wherever the window is; undefined while it is not known here, null if there is none. */
  messageAt(seq: number): Message | null | undefined {
    const message = this.#timeline?.messageAt(seq);
    return message?.hidden ? null : (message ?? (this.#missing.has(seq) ? null : undefined));
  }

  /** Fetches a message outside of the window, for {@link messageAt}. */
  async lookUp(seq: number): Promise<void> {
    if (this.messageAt(seq) !== undefined) return;
    const page = await this.#load({ after: seq - 1, limit: 1 }, () => undefined);
    const [message] = page?.items ?? [];
    if (message?.seq === seq) this.#timeline?.applyMessage(message);
    else if (page) this.#missing.add(seq);
    this.#set({});
  }

  /** The server's answer to a message of one's own. */
  acknowledge(message: Message): void {
    this.#timeline?.applyMessage(message);
    this.#refresh();
  }

  /** Somebody looks different now: their messages are to show it. */
  refreshPeople(): void {
    this.#timeline?.refresh((message) => profiles.refresh(message));
    this.#refresh();
  }

  /** Whether the message with this seq is on show. */
  shows(seq: number): boolean {
    return this.#timeline?.shows(seq) ?? false;
  }

  async #start(room: ReadPosition, at: number | null): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    this.#timeline ??= await this.#page.history.restore(this.roomId);
    const kept = this.#timeline;
    const behind = room.lastSeq - (kept?.lastSeq ?? 0);
    const fresh = kept === null || isStale(kept, room, at);
    if (fresh || behind > 0) {
      this.#set({ phase: "loading" });
      const request = fresh ? firstRequest(room, at) : { after: kept.lastSeq };
      // Out of reach, there is what one has read before; the stream brings the rest when it can.
      const page = await this.#load(request, (phase) => this.#set({ phase }), { once: kept !== null });
      if (page && fresh) this.#timeline = new RoomTimeline(request, page);
      else if (page) kept?.addPage(request, page);
    }
    this.#opening = false;
    if (!this.#open || this.#timeline === null) return;
    const target = at !== null && this.shows(at) ? { seq: at } : null;
    // What is on show already stays as it is.
    const moved = target !== this.#state.target;
    this.#set({ phase: "ready", epoch: this.#state.epoch + (moved ? 1 : 0), target });
    this.#listen(this.#timeline);
  }

  /** Of moves that overlap the last one counts. */
  async #moveTo(request: PageRequest, target: ConversationState["target"]): Promise<void> {
    this.#moves += 1;
    const move = this.#moves;
    const isLast = () => move === this.#moves;
    const page = await this.#load(request, (newer) => this.#set({ newer }), { wanted: isLast });
    if (!isLast()) return;
    if (page) this.#timeline?.moveTo(request, page);
    this.#set({ newer: "idle", epoch: this.#state.epoch + 1, target });
  }

  #refuse(reason: ErrorReason | null): void {
    this.#page.history.forget(this.roomId);
    this.#timeline = null;
    this.#set({ phase: "refused", reason });
  }

  #listen(timeline: RoomTimeline): void {
    this.#stopStream?.();
    this.#stopStream = streamRoom(this.#client, this.roomId, {
      rev: () => timeline.rev,
      onChange: (message) => {
        timeline.applyChange(message);
        this.#changed();
      },
      onConnected: this.#page.onConnected,
      onRefused: (reason) => this.#refuse(reason),
    });
  }

  /** A page, however often it takes to get it; null where it is refused, or nobody looks any more. */
  async #load(
    request: PageRequest & { limit?: number },
    report: (progress: "loading" | "stalled") => void,
    { once = false, wanted = (): boolean => true } = {},
  ): Promise<MessagePage | null> {
    const ask = () => this.#client.messages.list.query({ roomId: this.roomId, ...request });
    try {
      return await untilAnswered(ask, {
        wanted: () => this.#open && wanted(),
        report,
        pause: this.#pause,
        once,
      });
    } catch (error) {
      this.#refuse(failureOf(error).reason);
      return null;
    }
  }

  #refresh(): void {
    if (this.#look() !== this.#state.window) this.#set({});
  }

  #look(): TimelineWindow {
    return this.#timeline ? this.#pending.applyTo(this.#timeline.window) : unopened.window;
  }

  #set(change: Partial<ConversationState>): void {
    const { window } = this.#state;
    this.#state = { ...this.#state, ...change, window: this.#look() };
    if (this.#state.window !== window) this.#keepSoon();
    for (const listener of [...this.#listeners]) listener();
  }
}

import { isDeepStrictEqual } from "node:util";
import { isTrackedEnvelope, TRPCError } from "@trpc/server";
import type { Runtime } from "~/server/runtime";
import { createContext } from "~/server/trpc/context";
import { createCaller } from "~/server/trpc/root";
import type { Message } from "~/shared/messages";
import type { InboxEvent, RoomSummary } from "~/shared/rooms";
import { Profiles } from "~/trpc/profiles";
import type { Caller, Member } from "./cast";

/** What a client knows that never fetches: the inbox and every room's messages, from events alone. */
export class LiveState {
  readonly #api: Caller;
  readonly #closed: AbortController;
  readonly #inbox = new Map<string, RoomSummary>();
  readonly #messages = new Map<string, Map<number, Message>>();
  readonly #profiles = new Profiles();
  readonly #streams: Promise<void>[] = [];
  /** What the inbox ended with. */
  #end: unknown;

  private constructor(api: Caller, closed: AbortController) {
    this.#api = api;
    this.#closed = closed;
  }

  static async open(node: Runtime, member: Member): Promise<LiveState> {
    const closed = new AbortController();
    const request = { ip: "10.0.0.1", userAgent: "test", cookie: member.cookie, authorization: undefined };
    const context = await createContext(node, request);
    const state = new LiveState(createCaller(context, { signal: closed.signal }), closed);
    state.#streams.push(state.#followInbox());
    return state;
  }

  /** Resolves once the state equals a fresh fetch; rejects with the difference if it does not come to that. */
  async agrees(ms = 6_000): Promise<void> {
    const deadline = Date.now() + ms;
    for (;;) {
      const [built, fresh] = [this.#state(), await this.#fetch()];
      if (isDeepStrictEqual(built, fresh)) return;
      if (Date.now() > deadline) {
        throw new Error(`from events:\n${JSON.stringify(built)}\nfetched:\n${JSON.stringify(fresh)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves once its person is told nothing more, because they are signed in no more; rejects if that does not come. */
  async ends(ms = 6_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!(this.#end instanceof TRPCError && this.#end.code === "UNAUTHORIZED")) {
      if (Date.now() > deadline) throw new Error(`still told of its rooms; so far: ${this.#end}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#streams);
  }

  #state() {
    const rooms = [...this.#inbox.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#profiles.refresh(
      rooms.map((room) => ({
        room,
        messages: [...(this.#messages.get(room.id)?.values() ?? [])].sort((a, b) => a.seq - b.seq),
      })),
    );
  }

  async #fetch() {
    const { items } = await this.#api.rooms.list({});
    const rooms = items.sort((a, b) => (a.id < b.id ? -1 : 1));
    return Promise.all(
      rooms.map(async (room) => {
        const page = await this.#api.messages.list({ roomId: room.id, limit: 100 });
        return { room, messages: page.items };
      }),
    );
  }

  async #followInbox(): Promise<void> {
    try {
      for await (const event of await this.#api.rooms.onInbox()) this.#take(event);
    } catch (error) {
      this.#end = error;
    }
  }

  #take(event: InboxEvent): void {
    this.#profiles.note(event);
    if (event.type === "gone") this.#forget(event.roomId);
    if (event.type === "room") this.#keep(event.room);
    if (event.type === "snapshot") {
      const still = new Set(event.rooms.map(({ id }) => id));
      for (const id of this.#inbox.keys()) if (!still.has(id)) this.#forget(id);
      for (const room of event.rooms) this.#keep(room);
    }
  }

  #keep(room: RoomSummary): void {
    this.#inbox.set(room.id, room);
    if (!this.#messages.has(room.id)) this.#streams.push(this.#followRoom(room.id));
  }

  #forget(roomId: string): void {
    this.#inbox.delete(roomId);
    this.#messages.delete(roomId);
  }

  /** From the room's beginning, until the right to it ends. */
  async #followRoom(roomId: string): Promise<void> {
    const messages = new Map<number, Message>();
    this.#messages.set(roomId, messages);
    try {
      const stream = await this.#api.messages.onMessage({ roomId, lastEventId: "0" });
      for await (const event of stream) {
        if (!isTrackedEnvelope<Message>(event)) continue;
        const [, message] = event;
        this.#profiles.note(message);
        if (message.hidden) messages.delete(message.seq);
        else messages.set(message.seq, message);
      }
    } catch {
      // No longer ours. If the room comes back, the inbox says so, and it is followed anew.
    }
    if (this.#messages.get(roomId) === messages) this.#messages.delete(roomId);
  }
}

import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "~/server/trpc/root";
import { Turns } from "../outbox/turns";

/** Says how far one has read, room by room in the order that one did: what was read before a mark does not undo it. */
export class ReadMarks {
  readonly #client: TRPCClient<AppRouter>;
  readonly #turns = new Turns();

  constructor(client: TRPCClient<AppRouter>) {
    this.#client = client;
  }

  read(roomId: string, seq: number): Promise<void> {
    return this.#turns.take(roomId, () => this.#client.rooms.markRead.mutate({ roomId, seq }));
  }

  /** @param seq the first message that is to be unread; without it, the last one of somebody else */
  unread(roomId: string, seq?: number): Promise<void> {
    return this.#turns.take(roomId, () =>
      this.#client.rooms.markUnread.mutate({ roomId, ...(seq !== undefined && { seq }) }),
    );
  }
}

import type { WebSocket } from "ws";

/** Parts of a round: sockets are pinged a part at a time, so that ten thousand are not pinged at once. */
const parts = 15;

/**
 * Pings sockets, and cuts those that have not answered one by the next: gone for twice `pingMs` at most. One timer for
 * all of them.
 */
export class KeepAlive {
  readonly #rounds = Array.from({ length: parts }, () => new Set<WebSocket>());
  readonly #silent = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;
  #joining = 0;
  #pinging = 0;

  constructor(pingMs: number) {
    this.#timer = setInterval(() => this.#ping(), pingMs / parts);
    this.#timer.unref();
  }

  /** From now on, until the socket closes. */
  watch(ws: WebSocket): void {
    this.#joining = (this.#joining + 1) % parts;
    const round = this.#rounds[this.#joining];
    round?.add(ws);
    ws.on("pong", () => this.#silent.delete(ws));
    ws.once("close", () => round?.delete(ws));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #ping(): void {
    this.#pinging = (this.#pinging + 1) % parts;
    for (const ws of this.#rounds[this.#pinging] ?? []) {
      // Whom we do not listen to cannot answer: how long they may leave what they are sent is the outlet's to say.
      if (ws.isPaused) this.#silent.delete(ws);
      else if (this.#silent.has(ws)) ws.terminate();
      else {
        this.#silent.add(ws);
        ws.ping();
      }
    }
  }
}

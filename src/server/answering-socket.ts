import { WebSocket } from "ws";

/** From "try again later" on, close codes refuse: whoever is refused is not waited for. */
const refusals = 1013;

/**
 * A WebSocket that answers what it was asked before it closes, whoever begins with that. `ws` answers a close at once, and
 * tRPC's client, which closes when it is sent elsewhere, then gives up every call that is under way.
 */
export class AnsweringSocket extends WebSocket {
  /** Resolves when what has been asked by now is answered; undefined if it is. */
  answered: () => Promise<unknown> | undefined = () => undefined;

  override close(code?: number, reason?: string | Buffer): void {
    const answered = code !== undefined && code >= refusals ? undefined : this.answered();
    if (answered) void answered.then(() => super.close(code, reason));
    else super.close(code, reason);
  }
}

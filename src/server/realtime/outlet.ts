import type { Socket } from "node:net";
import { WebSocket } from "ws";

/**
 * Bytes that may wait for one reader, past those in the system's own buffers: enough for a turn of the event loop. Beyond
 * it, nothing more is given to a stalled one.
 */
const highWaterBytes = 64 * 1024;
/** A reader that takes nothing for this long is cut, and resumes later where it was. */
const stuckMs = 30_000;

/** What leaves through one WebSocket. */
export interface Outlet {
  /** Writes bytes that are WebSocket frames already. */
  write: (frames: Buffer) => void;
  /** Whether more waits in the socket than should. */
  isFull: () => boolean;
  /** Resolves when that is so no longer, the socket is gone, or the signal ends the wait. */
  drained: (signal?: AbortSignal) => Promise<void>;
}

/** `ws` compresses nothing here, so that it never holds back a frame which ours could overtake. */
export const outletOf = (ws: WebSocket, socket: Socket): Outlet => {
  /** Whether anything has waited since the last write, for which no other look at the socket is needed. */
  let hasRest = false;
  const write = (frames: Buffer) => {
    if (ws.readyState === WebSocket.OPEN) hasRest = !socket.write(frames);
  };
  const hasRoom = () => socket.writableLength <= highWaterBytes;
  const drained = (signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (hasRoom() || ws.readyState !== WebSocket.OPEN || signal?.aborted) return resolve();
      const stuck = setTimeout(() => ws.terminate(), stuckMs);
      const end = () => {
        clearTimeout(stuck);
        socket.off("drain", look).off("close", end);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const look = () => hasRoom() && end();
      socket.on("drain", look).on("close", end);
      signal?.addEventListener("abort", end);
    });
  return { write, isFull: () => hasRest && !hasRoom(), drained };
};

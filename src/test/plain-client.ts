import { once } from "node:events";
import { vi } from "vitest";
import { WebSocket } from "ws";

export interface Frame {
  type: string;
  [field: string]: unknown;
}

/** A client of the plain WebSocket that knows nothing of us but JSON. */
export interface PlainClient extends AsyncDisposable {
  ws: WebSocket;
  /** Every frame so far. */
  frames: Frame[];
  say: (frame: unknown) => void;
  /** The frames of a type so far, once there are as many. */
  hear: (type: string, count?: number) => Promise<Frame[]>;
  /** The code and the reason it was closed with. */
  closed: Promise<{ code: number; reason: string }>;
}

/** @param origin `http://host:port`. `path` follows `/ws/` */
export const openPlain = (
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): PlainClient => {
  const ws = new WebSocket(`${origin.replace(/^http/, "ws")}/ws/${path}`, { headers });
  const frames: Frame[] = [];
  ws.on("message", (data) => frames.push(JSON.parse(String(data))));
  const closed = once(ws, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  const of = (type: string) => frames.filter((frame) => frame.type === type);
  return {
    ws,
    frames,
    say: (frame) => ws.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    hear: (type, count = 1) =>
      vi.waitFor(
        () => {
          if (of(type).length < count) throw new Error(`no ${type} yet: ${JSON.stringify(frames.at(-1))}`);
          return of(type);
        },
        { timeout: 5_000 },
      ),
    closed,
    [Symbol.asyncDispose]: async () => {
      ws.terminate();
      await closed;
    },
  };
};

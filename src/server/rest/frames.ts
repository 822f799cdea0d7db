import type { TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import { memoized } from "~/server/realtime/memoized";
import { textFrame } from "~/server/realtime/text-frame";
import type { Attachment } from "~/shared/attachments";
import type { ErrorReason } from "~/shared/errors";
import type { Message } from "~/shared/messages";
import { looseSendInput } from "./messages";

/** A file, in base64 or to come: then the binary frames that follow are its bytes, until there are `size` of them. */
export const attachmentFrameSchema = z.object({
  type: z.literal("attachment"),
  name: z.string().max(1024),
  /** What its sender takes it for. */
  mediaType: z.string().max(255).default(""),
  size: z.int().min(0).optional(),
  data: z.base64().optional(),
  /** Comes back with the answer. */
  clientId: z.string().max(64).optional(),
});

/** What a client may say on the plain WebSocket, one JSON object a text frame. docs/api.md explains them. */
export const clientFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().max(2048) }),
  looseSendInput.omit({ roomId: true }).extend({ type: z.literal("message") }),
  attachmentFrameSchema.refine(
    ({ size, data }) => (size === undefined) !== (data === undefined),
    "sizeOrData",
  ),
  z.object({ type: z.literal("ping") }),
]);

/** What the server says. */
export type ServerFrame =
  /** Signed in and listening: every change of the room comes from here on. */
  | { type: "ready"; roomId: string }
  /** A message of the room in its present state: new, edited, deleted, or reacted to. One's own too. */
  | ({ type: "message" } & Message)
  /** The message sent under this client id is stored. */
  | { type: "ack"; clientId: string; id: string; seq: number; rev: number }
  /** The file announced under this client id is stored: a message can bring it by its id. */
  | { type: "attachment"; clientId?: string; attachment: Attachment }
  | {
      type: "error";
      code: ErrorReason | (string & {});
      /** Of the message or the file that was refused, if it had one. */
      clientId?: string;
      fields?: Record<string, string[]>;
      /** Seconds until the next try can succeed. */
      retryAfterSeconds?: number;
      /** Names the connection in the log of who runs the chat. */
      requestId: string;
    }
  | { type: "pong" }
  /** This node is about to stop: open another connection, then close this one. */
  | { type: "reconnect" };

const frameOf = memoized((message: Message): Buffer => {
  const frame: ServerFrame = { type: "message", ...message };
  return textFrame(JSON.stringify(frame));
});

/** These messages as frames to write as they are, made once however many listen. */
export const framesOf = memoized(
  (events: readonly TrackedEnvelope<Message>[]): Buffer =>
    Buffer.concat(events.map(([, message]) => frameOf(message))),
);

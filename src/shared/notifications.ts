import { z } from "zod";
import { mutedForGood } from "./limits";
import type { Message } from "./messages";
import type { roomIdSchema } from "./rooms";

/** Until when nothing calls for my attention ({@link mutedForGood}: until I say otherwise); null: everything may. */
export const doNotDisturbSchema = z.object({ until: z.date().max(mutedForGood).nullable() });
export type DoNotDisturb = z.infer<typeof doNotDisturbSchema>;

/** Whether somebody looks at the page that listens: it is in front, and has the focus. */
export const onAttentionInput = z.object({ looking: z.boolean() });

/** The server's public key (VAPID, RFC 8292), which a browser wants to know when it subscribes: base64url. */
export const pushKeySchema = z.object({ key: z.string() });

/** What a browser's `PushSubscription` says of itself (RFC 8291). */
export const subscribeInput = z.object({
  endpoint: z.url("pushEndpoint").max(2048, "pushEndpoint"),
  /** A point of P-256, uncompressed: 65 bytes in base64url. */
  p256dh: z.string().regex(/^B[\w-]{86}$/, "pushKey"),
  /** 16 bytes in base64url. */
  auth: z.string().regex(/^[\w-]{22}$/, "pushKey"),
});
export type PushAddress = z.infer<typeof subscribeInput>;

/**
 * What became of a push: `accepted` by the push service, which delivers it when it can; `gone`: the browser has
 * unsubscribed; `refused` by the push service; `unreachable`.
 */
export const pushOutcomeSchema = z.object({
  outcome: z.enum(["accepted", "gone", "refused", "unreachable"]),
});
export type PushOutcome = z.infer<typeof pushOutcomeSchema>["outcome"];

/** What a push carries, as JSON: what a notification says, in no language yet. */
export type PushPayload =
  | { type: "test" }
  | {
      type: "message";
      roomId: z.infer<typeof roomIdSchema>;
      seq: number;
      /** A group's title; null in a 1:1 room. */
      title: string | null;
      /** The display name of who wrote it. */
      author: string;
      /** Of the group, or of who wrote it; null where there is none, and in a request of somebody unknown. */
      pictureId: string | null;
      /** The first words, without marks; empty where the message is files alone, and in a request. */
      body: string;
      attachments: PushedFile[];
      /** Somebody whom this person does not know wants to talk to them. */
      isRequest: boolean;
    };

/** As much of a file as its notification says. */
export interface PushedFile {
  kind: Message["attachments"][number]["kind"];
  /** Of a file that is the only one. */
  name: string;
  voice: { durationMs: number } | null;
}

import superjson from "superjson";
import { z } from "zod";
import { serialize } from "~/server/trpc/transformer";
import { messageSchema } from "~/shared/messages";
import { userSchema } from "~/shared/users";

/** A message's new state, and who alone may see it (null: every member). */
const changeSchema = z.object({
  message: messageSchema,
  onlyFor: z.uuid().nullable(),
  /** Set: nothing but that this one person has deleted the message for themselves, or has it back. */
  hides: z.boolean().optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** Everything that nodes tell each other about a room. A closed union: what else arrives is refused. */
const roomEventSchema = z.discriminatedUnion("type", [
  /** Messages changed: ascending by rev, in the room's order. */
  z.object({
    type: z.literal("changes"),
    changes: z.array(changeSchema).min(1),
    /** When it was announced, right after the commit: milliseconds since the epoch. */
    at: z.number().optional(),
  }),
  /** Somebody received further. */
  z.object({ type: z.literal("delivered"), userId: z.uuid() }),
  /** Somebody read further. */
  z.object({ type: z.literal("read"), userId: z.uuid() }),
  /** Somebody changed how they alone see the room. */
  z.object({ type: z.literal("settings"), userId: z.uuid() }),
  /** Who is in a group, or what they let others see, has changed, and no message says so. */
  z.object({ type: z.literal("members") }),
  /** Somebody is writing, for the next few seconds. */
  z.object({ type: z.literal("typing"), user: userSchema }),
]);
export type RoomEvent = z.infer<typeof roomEventSchema>;

/** Somebody came or went. */
const presenceEventSchema = z.object({ userId: z.uuid(), online: z.boolean() });
export type PresenceEvent = z.infer<typeof presenceEventSchema>;

export const encodeEvent = (event: RoomEvent | PresenceEvent): string => JSON.stringify(serialize(event));

const decodeWith =
  <T>(schema: z.ZodType<T>) =>
  (text: string): T | null => {
    try {
      return schema.safeParse(superjson.parse(text)).data ?? null;
    } catch {
      return null;
    }
  };

export const decodeRoomEvent = decodeWith(roomEventSchema);
export const decodePresenceEvent = decodeWith(presenceEventSchema);

/** Whether this viewer may see the change. */
export const isVisible = (change: Change, userId: string): boolean =>
  change.onlyFor === null || change.onlyFor === userId;

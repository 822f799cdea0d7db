import { z } from "zod";
import { roomIdSchema } from "./rooms";
import { typedText } from "./text";
import { presenceSchema, userIdSchema, usernameSchema, userSchema } from "./users";

/** How many people a search answers with. */
export const searchLimit = { default: 20, max: 50 };

export const searchPeopleInput = z.object({
  query: typedText("query", { min: 1, max: 64 }),
  limit: z.int().min(1).max(searchLimit.max).default(searchLimit.default),
});

/** A person found, and how they stand to me. */
export const personSchema = userSchema.extend({ isContact: z.boolean(), blockedByMe: z.boolean() });
export type Person = z.infer<typeof personSchema>;

export const addContactInput = z
  .object({ username: usernameSchema.optional(), userId: userIdSchema.optional() })
  .refine((input) => (input.username === undefined) !== (input.userId === undefined), "usernameOrUserId");

export const contactInput = z.object({ contactId: z.uuid() });
export const userInput = z.object({ userId: userIdSchema });

export const contactSchema = z.object({
  id: z.uuid(),
  user: userSchema,
  /** The 1:1 room with them. */
  roomId: roomIdSchema,
  /** Null until they have answered, and where it is not mine to know. */
  presence: presenceSchema.nullable(),
  createdAt: z.date(),
});
export type Contact = z.infer<typeof contactSchema>;

export const contactListSchema = z.object({ items: z.array(contactSchema), nextCursor: z.null() });
